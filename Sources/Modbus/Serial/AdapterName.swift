/// A USB serial adapter by what it is, and not by the number it happens to get: `usb:FTDI:A10K3XYZ`.
///
/// `usb:SERIAL`, `usb:MAKER:SERIAL`, `usb:VVVV:PPPP:SERIAL` or, for adapters without a serial number, `usb:VVVV:PPPP`;
/// then `#1` for the port of interface 1 of an adapter with several, and `@1-1.2` for the socket that it is plugged
/// into. Case does not matter. In maker and serial number `,`, `:`, `#`, `@` and `%` are written as in addresses of the
/// web: `%2C`.
public struct AdapterName: Hashable, Sendable {
    /// What such a name begins with.
    public static let prefix = "usb:"

    /// The maker's name; nil: any.
    public var maker: String?
    /// idVendor, four lower-case hexadecimal digits; nil: any.
    public var vendor: String?
    /// idProduct, four lower-case hexadecimal digits; nil: any.
    public var product: String?
    /// The serial number; nil: any.
    public var serial: String?
    /// The port; nil: the only one.
    public var port: AdapterPort?
    /// The socket; nil: any.
    public var socket: String?

    /// Makes a name.
    public init(
        maker: String? = nil, vendor: String? = nil, product: String? = nil, serial: String? = nil,
        port: AdapterPort? = nil, socket: String? = nil
    ) {
        self.maker = maker
        self.vendor = vendor
        self.product = product
        self.serial = serial
        self.port = port
        self.socket = socket
    }

    /// Whether a text is meant as such a name.
    public static func isMeant(_ text: some StringProtocol) -> Bool { text.lowercased().hasPrefix(prefix) }

    /// Reads a name; throws ``AddressError/adapter(_:)``.
    public init(_ text: String) throws(AddressError) {
        guard AdapterName.isMeant(text) else { throw .adapter(text) }
        var rest = text.dropFirst(AdapterName.prefix.count)
        if let at = rest.lastIndex(of: "@") {
            let socket = rest[rest.index(after: at)...]
            guard AdapterName.isSocket(socket) else { throw .adapter(text) }
            self.socket = String(socket)
            rest = rest[..<at]
        }
        if let hash = rest.lastIndex(of: "#") {
            guard let port = AdapterName.port(rest[rest.index(after: hash)...]) else { throw .adapter(text) }
            self.port = port
            rest = rest[..<hash]
        }
        let parts = rest.split(separator: ":", omittingEmptySubsequences: false).map(PercentText.decode)
        guard parts.allSatisfy({ $0?.isEmpty == false }) else { throw .adapter(text) }
        let known = parts.compactMap { $0 }
        switch known.count {
        case 1: serial = known[0]
        case 2 where known.allSatisfy(AdapterName.isNumber):
            (vendor, product) = (known[0].lowercased(), known[1].lowercased())
        case 2: (maker, serial) = (known[0], known[1])
        case 3 where known.prefix(2).allSatisfy(AdapterName.isNumber):
            (vendor, product, serial) = (known[0].lowercased(), known[1].lowercased(), known[2])
        default: throw .adapter(text)
        }
    }

    /// Those of `all` that it names.
    public func matches(in all: [SerialAdapter]) -> [SerialAdapter] {
        all.filter { adapter in
            AdapterName.agree(maker, adapter.maker) && AdapterName.agree(vendor, adapter.vendor)
                && AdapterName.agree(product, adapter.product) && AdapterName.agree(serial, adapter.serial)
                && AdapterName.agree(socket, adapter.socket) && (port.map { $0 == adapter.port } ?? true)
        }
    }

    private static func agree(_ wanted: String?, _ found: String?) -> Bool {
        guard let wanted else { return true }
        return found?.lowercased() == wanted.lowercased()
    }

    private static func isNumber(_ text: String) -> Bool {
        text.utf8.count == 4 && text.utf8.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
    }

    /// Bus, a dash, and the ports on the way with dots between (Linux, sysfs names of USB devices).
    private static func isSocket(_ text: Substring) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, number(parts[0]) != nil else { return false }
        return parts[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy { number($0) != nil }
    }

    private static func port(_ text: Substring) -> AdapterPort? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(number)
        guard (1...2).contains(parts.count), let interface = parts[0] else { return nil }
        if parts.count == 1 { return AdapterPort(interface: interface) }
        return parts[1].map { AdapterPort(interface: interface, number: $0) }
    }

    private static func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (48...57).contains($0) } ? UInt8(text).map(Int.init) : nil
    }
}

extension AdapterName: CustomStringConvertible {
    /// The name as the site file writes it.
    public var description: String {
        let parts = [maker, vendor, product, serial].compactMap { $0.map(AdapterName.encoded) }
        return AdapterName.prefix + parts.joined(separator: ":") + (port.map { "#\($0)" } ?? "")
            + (socket.map { "@\($0)" } ?? "")
    }

    private static func encoded(_ text: String) -> String {
        text.map { ",:#@%".contains($0) ? "%" + $0.utf8.map(Hex.byte).joined() : String($0) }.joined()
    }
}
