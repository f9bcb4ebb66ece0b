import Glibc
import Modbus

/// A TCP endpoint that a running host has open, and its devices there.
public struct OwnedEndpoint: Hashable, Sendable, Codable {
    /// One device of the host.
    public struct Device: Hashable, Sendable, Codable {
        /// Its id in the site file.
        public var id: String
        /// Its unit id.
        public var unit: Int
        /// Its profile.
        public var profile: String
    }

    /// The IP address or name.
    public var host: String
    /// The port.
    public var port: Int
    /// In the order of the site file.
    public var devices: [Device]

    /// The devices as a scan shows them.
    var finds: [ScanFind] {
        let place = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        return devices.map { ScanFind(address: place, unit: $0.unit, profile: $0.profile, known: $0.id) }
    }
}

extension OwnedEndpoint {
    /// The IP addresses of a host in figures; the text itself where there is none. Blocks as long as the resolver does.
    static func figures(_ host: String) -> [String] {
        if let address = IPAddress.canonical(host) { return [address] }
        var list: UnsafeMutablePointer<addrinfo>?
        defer { if let list { freeaddrinfo(list) } }
        guard getaddrinfo(host, nil, nil, &list) == 0 else { return [host] }
        var found: [String] = []
        var next = list
        while let entry = next?.pointee {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            if getnameinfo(entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0 {
                found.append(String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
            }
            next = entry.ai_next
        }
        return found.isEmpty ? [host] : found
    }

    /// Whether a place is this endpoint, whatever names it.
    func isAt(_ figures: [String], _ port: Int) -> Bool {
        self.port == port && !Set(OwnedEndpoint.figures(host)).isDisjoint(with: figures)
    }
}
