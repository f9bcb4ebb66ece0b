import OCPP

/// The list of what changes with a role, as it is shown before anything is done.
struct RoleParameters {
    let all: [RoleParameter]

    init(
        from: Site.Role, to: Site.Role, _ left: RoleValues, _ wanted: RoleValues, _ keys: [String: String?],
        connectors: Int
    ) {
        var all = [RoleParameter(name: "role", old: from.rawValue, new: to.rawValue)]
        func add(_ name: String, _ old: String?, _ new: String?, byHand: String? = nil) {
            guard old != new else { return }
            all.append(RoleParameter(name: name, old: old ?? "", new: new ?? "", by_hand: byHand))
        }
        add("mode", left.mode ?? Self.mode(from), wanted.mode ?? Self.mode(to))
        add("ocpp.backend", Self.value(left.backend), Self.value(wanted.backend))
        add("ocpp.slaves", Self.value(left.slaves), Self.value(wanted.slaves))
        add("NumberOfConnectors", Self.connectors(from, connectors), Self.connectors(to, connectors))
        for (name, value) in keys.sorted(by: { $0.key < $1.key }) {
            if name == "AuthorizationKey" {
                all.append(
                    RoleParameter(
                        name: name, old: left.keys[name] == nil ? "" : "set",
                        new: value == nil ? "" : "set, another one",
                        by_hand: value == nil ? "chargehost ocpp secret set backend" : nil))
                continue
            }
            let standard = ConfigurationKey.named(name)?.defaultValue
            add(name, left.keys[name] ?? standard, value ?? standard)
        }
        if to == .slave {
            all.append(RoleParameter(name: "FreeChargingMode", old: "as set here", new: "as set at the master"))
        }
        add(
            "address on the USB link", Self.address(from), Self.address(to),
            byHand: to == .standalone ? nil : "chargehost network usb --role \(to.rawValue) --install")
        self.all = all
    }

    private static func mode(_ role: Site.Role) -> String { role == .slave ? "observe" : "manage" }

    private static func connectors(_ role: Site.Role, _ given: Int) -> String {
        role == .slave ? "1" : "\(given)"
    }

    private static func address(_ role: Site.Role) -> String? {
        switch role {
        case .master: USBLink.masterAddress
        case .slave: USBLink.slaveAddress
        case .standalone: nil
        }
    }

    /// The value of written lines, on one line and without the key.
    private static func value(_ raw: String?) -> String? {
        guard let raw else { return nil }
        let lines = raw.split(whereSeparator: \.isNewline).map { line in
            line.prefix(upTo: line.range(of: " #")?.lowerBound ?? line.endIndex).drop { $0 == " " }
        }
        let joined = lines.filter { !$0.hasPrefix("#") }.map { line in
            var text = String(line)
            while text.last == " " { text.removeLast() }
            return text
        }
        let text = joined.joined(separator: "; ")
        let colon = text.firstIndex(of: ":").map { text.index(after: $0) } ?? text.startIndex
        return String(text[colon...].drop { $0 == " " || $0 == ";" })
    }
}
