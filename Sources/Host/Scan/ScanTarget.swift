import Modbus

/// The TCP endpoints that one scan asks.
public struct ScanTarget: Hashable, Sendable {
    /// Where Modbus TCP devices listen: the registered port, its usual substitutes, and the Power Brain's.
    public static let ports = [502, 503, 1502, 4701]
    /// The most addresses of a network: a /20.
    private static let widest = 20

    /// The hosts, in the order of their addresses.
    public var hosts: [String]
    /// The ports of each.
    public var ports: [Int]

    /// How many connections are tried.
    public var count: Int { hosts.count * ports.count }

    /// Reads `HOST`, `HOST:PORT` or `NET/24`; nothing is looked up.
    ///
    /// Throws ``ScanError``: a network of more than 4096 addresses is refused.
    public init(_ text: String) throws(ScanError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count == 2 {
            self = try ScanTarget(network: String(parts[0]), prefix: String(parts[1]), text)
            return
        }
        let address: Address
        do {
            // No device listens on port 0, so it stands for "none was given".
            address = try Address(text, defaults: Address.Defaults(tcpPort: 0))
        } catch {
            throw .target(text, why: "\(error)")
        }
        guard case .modbus(.tcp(let host, let port)) = address else {
            throw .target(text, why: "it is no TCP address; a line is scanned with chargehost scan serial")
        }
        hosts = [host]
        ports = port == 0 ? ScanTarget.ports : [port]
    }

    private init(network: String, prefix: String, _ text: String) throws(ScanError) {
        guard !network.contains(":") else { throw .target(text, why: "an IPv6 network is too large to be asked") }
        let bytes = network.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard bytes.count == 4, IPAddress.canonical(network) != nil else {
            throw .target(text, why: "“\(network)” is no IPv4 address")
        }
        guard let bits = Int(prefix), (0...32).contains(bits) else {
            throw .target(text, why: "the number after the slash is 20 to 32")
        }
        guard bits >= ScanTarget.widest else { throw .tooLarge(text, prefix: bits) }
        let number = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1 ?? 0) }
        let size = UInt32(1) << UInt32(32 - bits)
        let first = number & ~(size - 1)
        // The first address names the network and the last is its broadcast, except in a pair or a single one (RFC 3021).
        let inner = bits >= 31 ? 0..<size : 1..<size - 1
        hosts = inner.map { offset in
            let address = first + offset
            return [24, 16, 8, 0].map { String(address >> UInt32($0) & 255) }.joined(separator: ".")
        }
        ports = ScanTarget.ports
    }
}
