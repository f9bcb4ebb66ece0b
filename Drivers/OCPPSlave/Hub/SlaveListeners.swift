import Network

/// Where slaves connect.
public struct SlaveListeners: Sendable {
    /// For OCPP-J, usually port 19520; nil for none.
    public var json: ListenAddress?
    /// For the binary framing, usually port 1600; nil for none.
    public var binary: ListenAddress?
    /// TLS of both; nil in clear. Security profiles 2 and 3 need it.
    public var tls: TLSServer?
    /// How many connections each takes at once.
    public var maximumConnections: Int
    /// How many of them from one address.
    public var maximumPerPeer: Int

    /// Makes the places.
    public init(
        json: ListenAddress? = nil, binary: ListenAddress? = nil, tls: TLSServer? = nil,
        maximumConnections: Int = 1024, maximumPerPeer: Int = 1024
    ) {
        self.json = json
        self.binary = binary
        self.tls = tls
        self.maximumConnections = maximumConnections
        self.maximumPerPeer = maximumPerPeer
    }
}
