/// A change that a backend asked for and that the rules allow; nothing has changed yet.
///
/// First the boxes behind the connectors are asked, then `ConfigurationKeys.apply` makes it. So nothing is half applied.
public struct ConfigurationChange: Sendable {
    /// A value and the connector it is for; nil is all of them or the station.
    public struct Part: Sendable, Hashable {
        /// The connector; nil is all of them or the station.
        public let connector: Int?
        /// The value as it is stored.
        public let value: String
    }

    /// The key.
    public let key: ConfigurationKey
    /// What is set: one part, or one for each connector that a list names.
    public let parts: [Part]

    /// What the backend is answered: rejected if any box rejects it or does not know the key, reboot required if the key or
    /// a box needs it. Without boxes the answer is that of the host alone.
    public func status(boxes: [ConfigurationStatus] = []) -> ConfigurationStatus {
        if boxes.contains(where: { $0 == .rejected || $0 == .notSupported }) { return .rejected }
        return key.needsReboot || boxes.contains(.rebootRequired) ? .rebootRequired : .accepted
    }
}

extension ConfigurationKeys {
    /// What a ChangeConfiguration comes to: the change that it asks for, or the status that refuses it.
    ///
    /// A key that is not known, or a suffix where none belongs, is NotSupported; one that is read-only, or a value that it
    /// does not take, is Rejected (OCPP 1.6, 5.3).
    public func plan(
        _ request: ChangeConfigurationRequest
    ) -> Result<ConfigurationChange, ConfigurationRefusal> {
        guard let reference = KeyReference(request.key, connectors: connectors) else {
            return .failure(ConfigurationRefusal(.notSupported, "the key \(request.key) is not known"))
        }
        guard reference.key.access != .readOnly else {
            return .failure(ConfigurationRefusal(.rejected, "\(reference.wireName) can only be read"))
        }
        if reference.key.type == .phaseRotation { return rotation(reference, request.value) }
        guard let value = reference.key.type.normalised(request.value) else {
            return .failure(
                ConfigurationRefusal(
                    .rejected, "\(reference.wireName) does not take this value: \(reference.key.type.range)"))
        }
        if reference.key.name == "SecurityProfile", let old = integer("SecurityProfile"), let new = Int(value),
            new < old
        {
            return .failure(ConfigurationRefusal(.rejected, "SecurityProfile can only be raised; it is \(old)"))
        }
        return .success(
            ConfigurationChange(key: reference.key, parts: [.init(connector: reference.connector, value: value)]))
    }

    /// Makes a change.
    public mutating func apply(_ change: ConfigurationChange) {
        for part in change.parts { store(KeyReference(key: change.key, connector: part.connector), part.value) }
    }

    /// Makes a change that needs no box, and tells what the backend is answered.
    public mutating func change(_ request: ChangeConfigurationRequest) -> ConfigurationStatus {
        switch plan(request) {
        case .success(let change):
            apply(change)
            return change.status()
        case .failure(let refusal): return refusal.status
        }
    }

    private func rotation(
        _ reference: KeyReference, _ value: String
    ) -> Result<ConfigurationChange, ConfigurationRefusal> {
        let own = reference.connector ?? 1
        guard var found = PhaseRotation.assignments(value, for: own) else {
            return .failure(ConfigurationRefusal(.rejected, "\(reference.wireName): no phase rotation: \(value)"))
        }
        // Connector 0 is the grid connection; its phases are what all others count from.
        if let grid = found.removeValue(forKey: 0), grid != .rst {
            return .failure(ConfigurationRefusal(.rejected, "the rotation of connector 0 is RST"))
        }
        guard !found.isEmpty, found.keys.allSatisfy({ connectors.contains($0) && (own == 1 || $0 == own) }) else {
            return .failure(
                ConfigurationRefusal(.rejected, "\(reference.wireName) names a connector that it is not for"))
        }
        let parts = found.sorted { $0.key < $1.key }
            .map { ConfigurationChange.Part(connector: $0.key, value: $0.value.rawValue) }
        return .success(ConfigurationChange(key: reference.key, parts: parts))
    }
}

/// Why a configuration change is refused.
public struct ConfigurationRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// What the backend is answered.
    public let status: ConfigurationStatus
    /// The sentence for the log.
    public let description: String

    init(_ status: ConfigurationStatus, _ description: String) {
        self.status = status
        self.description = description
    }
}
