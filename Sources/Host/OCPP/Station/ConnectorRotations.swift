import OCPP

/// What the key ConnectorPhaseRotation says of the boxes' wiring, beside what the site file says.
///
/// Whoever is wrong, no phase is booked for less than with either: a box of which both say different things counts on
/// every phase until they agree.
enum ConnectorRotations {
    static let key = "ConnectorPhaseRotation"

    /// A rotation of the site file as the key says it: `231` is STR.
    static func value(_ rotation: String) -> PhaseRotation {
        PhaseRotation.allCases.first { text($0) == rotation } ?? .unknown
    }

    /// A value of the key as the site file says it; nil for one that says nothing of the phases.
    static func text(_ value: PhaseRotation) -> String? {
        if value == .notApplicable { return nil }
        return value.phases.map { $0.map(String.init).joined() } ?? "unknown"
    }

    /// Writes what the site file says into keys that nobody has set.
    static func fill(_ keys: inout [String: String], _ rotations: [Int: String]) {
        for (connector, rotation) in rotations where rotation != "123" {
            let name = connector == 1 ? key : "\(key)_\(connector)"
            if keys[name] == nil { keys[name] = value(rotation).rawValue }
        }
    }

    /// The connectors of which both say different things, with what the key says.
    static func doubted(_ keys: ConfigurationKeys, _ rotations: [Int: String]) -> [Int: PhaseRotation] {
        var found: [Int: PhaseRotation] = [:]
        for (connector, rotation) in rotations {
            guard let value = keys.value(key, connector: connector).flatMap({ PhaseRotation(configured: $0) }),
                let said = text(value), said != rotation
            else { continue }
            found[connector] = value
        }
        return found
    }
}
