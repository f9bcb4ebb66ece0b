import Modbus
import YAML

/// Reads one entry of `modbus_server`.
enum SiteModbusUnitReader {
    static func read(_ value: Node, _ problems: SiteProblems) -> SiteModbusUnit? {
        let name = value["device"]?.text ?? "?"
        guard let node = SiteNode(value, path: "modbus_server of \(name)", problems) else { return nil }
        defer { node.finish() }
        let device = node.required("device", node.text)
        let unit = node.integer("unit", 1...247) ?? 1
        let allow = IPAddressReader.read(node, "allow")
        let line = node.text("line")
        let listen = node.text("listen")
        guard let device else { return nil }
        switch (listen, line) {
        case (let text?, nil):
            guard let address = ListenAddressReader.read(node, "listen", text) else { return nil }
            return SiteModbusUnit(
                place: .tcp(address), unit: unit, device: device, allow: allow, mark: value.mark)
        case (nil, let text?):
            if !allow.isEmpty {
                node.problem(.wrongKind, "allow", "allow goes with listen only; a line has no addresses")
            }
            return SiteModbusUnit(place: .line(text), unit: unit, device: device, mark: value.mark)
        default:
            node.problem(
                .missing, "listen",
                "give either listen, such as 0.0.0.0:4701, or line, such as \"COM2,9600,8,n,1\"")
            return nil
        }
    }
}

/// Reads where something listens.
enum ListenAddressReader {
    static func read(_ node: SiteNode, _ key: String, _ text: String) -> ListenAddress? {
        do throws(AddressError) {
            return try ListenAddress(text)
        } catch {
            node.problem(.address, key, "\(key): \(error)")
            return nil
        }
    }
}

/// Reads a list of IP addresses.
enum IPAddressReader {
    static func read(_ node: SiteNode, _ key: String) -> [String] {
        node.texts(key).compactMap { text in
            if let address = IPAddress.canonical(text) { return address }
            node.problem(.address, key, "\(key): “\(text)” is no IP address, such as 192.168.2.10")
            return nil
        }
    }
}
