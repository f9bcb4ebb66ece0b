import DriverAPI
import YAML

/// Reads one entry of `devices`.
enum SiteDeviceReader {
    private static let rotations = ["123", "231", "312", "132", "213", "321", "unknown"]

    /// The device; one for every connector of an OCPP box whose `connectors` are written, none where it has no name.
    static func read(_ value: Node, _ problems: SiteProblems) -> [SiteDevice] {
        let name = value["id"]?.text ?? "?"
        guard let node = SiteNode(value, path: "device \(name)", problems) else { return [] }
        let id = node.required("id", node.text)
        let address = node.required("address", node.text)
        // A slave says by OCPP what it is.
        let isSlave = address?.lowercased().hasPrefix("ocpp://") ?? false
        let driver = driver(node, isSlave: isSlave)
        let profile = driver ?? (isSlave ? node.text("profile") ?? "ocpp" : node.required("profile", node.text))
        let rotation = node.text("rotation") ?? "123"
        if !rotations.contains(rotation) {
            node.problem(
                .wrongKind, "rotation", "rotation \"\(rotation)\" is none of \(rotations.joined(separator: ", "))")
        }
        var unattended = false
        if let text = node.text("unattended") {
            unattended = text == "accepted"
            if !["accepted", "refused"].contains(text) {
                node.problem(.wrongKind, "unattended", "unattended must be accepted or refused, not \"\(text)\"")
            }
        }
        let device = SiteDevice(
            id: id ?? "", own: node.bool("own") ?? false, profile: profile ?? "", driver: driver,
            address: address ?? "", unit: node.integer("unit", 0...255), circuit: node.text("circuit") ?? "supply",
            rotation: rotation,
            priority: node.integer("priority", -100...100) ?? 0, options: node.textMapping("options"),
            connector: node.integer("connector", 1...9999), unattendedAccepted: unattended,
            enabled: node.bool("enabled") ?? true, role: node.member("role", SiteDevice.Role.self),
            of: node.text("of"), isForCars: node.bool("for_cars") ?? false, box: SiteBoxReader.read(node, problems),
            mark: value.mark)
        let devices = isSlave ? SiteConnectorsReader.devices(of: device, node) : [device]
        if !isSlave { node.later(["connectors"]) }
        node.finish()
        if let id, !isName(id) {
            node.problem(.id, "id", "id \"\(id)\" must begin with a letter and hold letters, digits, - and _ only")
        }
        return id != nil && profile != nil && address != nil ? devices : []
    }

    /// The driver program that serves the device; such a device has no profile, and does not connect by itself.
    private static func driver(_ node: SiteNode, isSlave: Bool) -> String? {
        guard let name = node.text("driver") else { return nil }
        if node.value("profile") != nil {
            node.problem(.profile, "profile", "the driver \(name) says what the device is; leave out profile")
        }
        if isSlave {
            node.problem(.address, "address", "an OCPP box has no driver; leave out driver, or write another address")
        }
        return name
    }

    /// A letter, then letters, digits, `-` and `_`, at most 40: safe in paths, topics and addresses.
    static func isName(_ text: String) -> Bool {
        guard let first = text.first, first.isASCII, first.isLetter, text.count <= 40 else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }
}
