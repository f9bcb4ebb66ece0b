import ReadPlanning

extension Endpoint {
    /// Reads `/dev/ttyUSB0,9600,8,n,1` `COM1,…` or `usb:FTDI:A10K3XYZ,…`; what is left out comes from the defaults.
    init(line text: Substring, defaults: Address.Defaults) throws(AddressError) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(Endpoint.trimmed)
        guard parts.count <= 6 else { throw .tooManyParameters(String(text)) }
        let path = try Endpoint.path(parts[0], aliases: defaults.aliases)
        func part(_ index: Int) -> String? { index < parts.count && !parts[index].isEmpty ? parts[index] : nil }

        let baud = try Endpoint.baud(part(1)) ?? defaults.serial?.baud
        guard let baud else { throw .baudMissing(parts[0]) }
        var parameters = defaults.serial ?? LineParameters(baud: baud)
        parameters.baud = baud
        if let data = part(2) {
            guard data == "8" else {
                throw .parameter("number of data bits", found: data, allowed: "8 (RTU has no other)")
            }
            parameters.data = 8
        }
        if let parity = part(3) {
            guard let known = Parity.allCases.first(where: { parity.lowercased() == String($0.letter) }) else {
                throw .parameter("parity", found: parity, allowed: "n (none), e (even) or o (odd)")
            }
            parameters.parity = known
        }
        if let stop = part(4) {
            guard stop == "1" || stop == "2" else {
                throw .parameter("number of stop bits", found: stop, allowed: "1 or 2")
            }
            parameters.stop = stop == "1" ? 1 : 2
        }
        if let direction = part(5) {
            let known = LineDirection.allCases.filter { $0 != .adapter }
            guard let found = known.first(where: { direction.lowercased() == $0.rawValue }) else {
                let words = known.map(\.rawValue).joined(separator: ", ")
                throw .parameter("way to switch the direction", found: direction, allowed: "one of \(words)")
            }
            parameters.direction = found
        }
        self = .serial(path: path, parameters)
    }

    private static func path(_ name: String, aliases: [String: String]) throws(AddressError) -> String {
        if let device = aliases[name] { return try path(named: device) }
        if let device = aliases.first(where: { $0.key.lowercased() == name.lowercased() }) {
            return try path(named: device.value)
        }
        if name.isEmpty { throw .empty }
        if name.hasPrefix("/") || AdapterName.isMeant(name) || name.lowercased().hasPrefix("tty") {
            return try path(named: name)
        }
        throw .unknownLine(name, known: aliases.keys.sorted())
    }

    /// A device file, or the name of an adapter in the one way of writing it.
    private static func path(named device: String) throws(AddressError) -> String {
        if device.hasPrefix("/") { return device }
        if AdapterName.isMeant(device) { return try AdapterName(device).description }
        throw .relativeDevice(device)
    }

    private static func baud(_ text: String?) throws(AddressError) -> Int? {
        guard let text else { return nil }
        guard let baud = Int(text), LineParameters.standardBauds.contains(baud) else {
            let known = LineParameters.standardBauds.map(String.init).joined(separator: ", ")
            throw .parameter("baud rate", found: text, allowed: "one of \(known)")
        }
        return baud
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
