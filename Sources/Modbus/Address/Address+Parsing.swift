import CModbus
import Glibc
import ReadPlanning

extension Address {
    /// Reads an address; nothing is looked up or opened.
    public init(_ text: String, defaults: Defaults = Defaults()) throws(AddressError) {
        let text = Address.trimmed(text)
        if text.isEmpty { throw .empty }
        if text == "internal" {
            self = .modbus(Address.internalEndpoint)
            return
        }
        if let scheme = text.firstRange(of: "://") {
            self = try Address(scheme: text[..<scheme.lowerBound], rest: text[scheme.upperBound...])
        } else if Address.isSerial(text, defaults) {
            self = .modbus(try Endpoint(line: text, defaults: defaults))
        } else {
            let (host, port) = try Address.hostAndPort(text)
            self = .modbus(.tcp(host: host, port: port ?? defaults.tcpPort))
        }
    }

    private init(scheme: Substring, rest: Substring) throws(AddressError) {
        switch scheme.lowercased() {
        case "rtu+tcp":
            let (host, port) = try Address.hostAndPort(rest)
            guard let port else { throw .portMissing("rtu+tcp://\(rest)") }
            self = .modbus(.rtuOverTCP(host: host, port: port))
        case "ocpp":
            guard let identity = PercentText.decode(rest), !identity.isEmpty, !rest.contains("/") else {
                throw .identity(String(rest))
            }
            self = .ocpp(identity: identity)
        default:
            throw .scheme(String(scheme))
        }
    }

    private static func trimmed(_ text: String) -> Substring {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }

    /// A path, an adapter, a name of the `serial` section, a name that can only be a line, or anything with a comma.
    private static func isSerial(_ text: Substring, _ defaults: Defaults) -> Bool {
        if text.hasPrefix("/") || text.contains(",") || AdapterName.isMeant(text) { return true }
        let name = text.lowercased()
        if defaults.aliases.keys.contains(where: { $0.lowercased() == name }) { return true }
        return name.hasPrefix("tty") && !name.contains(where: { ".:".contains($0) })
            || name.hasPrefix("com") && name.count > 3 && name.dropFirst(3).allSatisfy(\.isNumber)
    }

    static func hostAndPort(_ text: Substring) throws(AddressError) -> (host: String, port: Int?) {
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else { throw .brackets(String(text)) }
            let host = String(text[text.index(after: text.startIndex)..<close])
            guard isIPv6(host) else { throw .host(host) }
            let rest = text[text.index(after: close)...]
            if rest.isEmpty { return (host.lowercased(), nil) }
            guard rest.hasPrefix(":") else { throw .brackets(String(text)) }
            return (host.lowercased(), try port(rest.dropFirst()))
        }
        if text.count(where: { $0 == ":" }) > 1 {
            guard isIPv6(String(text)) else { throw .host(String(text)) }
            return (text.lowercased(), nil)
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, isHost(host) else { throw .host(String(text)) }
        return (host.lowercased(), parts.count > 1 ? try port(parts[1]) : nil)
    }

    private static func port(_ text: Substring) throws(AddressError) -> Int {
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let port = Int(text), (1...65535).contains(port) else {
            throw .port(String(text))
        }
        return port
    }

    private static func isIPv6(_ text: String) -> Bool {
        var address = in6_addr()
        let host = text.prefix { $0 != "%" }
        let zone = text.dropFirst(host.count)
        return inet_pton(AF_INET6, String(host), &address) == 1 && zone.count != 1
    }

    /// An IPv4 address, or a host name (RFC 1123, 2.1) of which the last label is no number.
    private static func isHost(_ text: Substring) -> Bool {
        var address = in_addr()
        if inet_pton(AF_INET, String(text), &address) == 1 { return true }
        var labels = text.split(separator: ".", omittingEmptySubsequences: false)
        if labels.count > 1, labels.last?.isEmpty == true { labels.removeLast() }
        guard text.utf8.count <= 253, labels.last?.utf8.contains(where: { !(48...57).contains($0) }) == true else {
            return false
        }
        return labels.allSatisfy { label in
            let bytes = label.utf8
            return (1...63).contains(bytes.count) && bytes.first != UInt8(ascii: "-") && bytes.last != UInt8(ascii: "-")
                && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        }
    }
}
