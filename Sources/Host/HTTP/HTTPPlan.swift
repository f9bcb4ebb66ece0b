import Network

/// Where the page and the interface are served.
public struct HTTPPlan: Hashable, Sendable {
    /// The port unless the site file or the command says otherwise.
    public static let defaultPort: UInt16 = 8080

    /// The addresses; none: nothing is served.
    public var listen: [ListenAddress]
    /// Names under which the machine is called, besides its addresses and `localhost`.
    public var names: Set<String>

    /// A plan; without arguments the default one, on this machine only.
    public init(listen: [ListenAddress] = [.loopback(port: HTTPPlan.defaultPort)], names: Set<String> = []) {
        self.listen = listen
        self.names = names
    }

    /// The address in `127.0.0.1:8080`, `[::1]:8080` or `0.0.0.0:8080`; nil if it is none.
    ///
    /// `localhost` stands for 127.0.0.1; port 0 takes a free one.
    public static func address(_ text: String) -> ListenAddress? {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("[") {
            guard host.hasSuffix("]"), host.contains(":") else { return nil }
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        let figures = host == "localhost" ? "127.0.0.1" : String(host)
        let isNumeric = figures.allSatisfy { $0.isHexDigit || $0 == "." || $0 == ":" } && !figures.isEmpty
        return isNumeric ? ListenAddress(host: figures, port: port) : nil
    }
}
