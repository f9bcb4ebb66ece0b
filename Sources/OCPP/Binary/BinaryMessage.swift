/// What a frame of the binary framing holds.
public enum BinaryMessage: Hashable, Sendable {
    /// The client's first frame: who it is.
    case hello(BinaryHello)
    /// The server takes the client.
    case welcome(now: Timestamp, heartbeatInterval: Int)
    /// The server does not take the client, and closes.
    case refusal(reason: String)
    /// A message of OCPP. Its id is the decimal text of an unsigned number.
    case frame(Frame)
    case ping
    case pong
}

/// What a client tells about itself: `[0, chargePointId, "ocpp1.6", mac]`.
public struct BinaryHello: Hashable, Sendable {
    /// The charge point's id.
    public var chargePointId: String
    /// The version of OCPP; `ocpp1.6`.
    public var version: String
    /// HMAC-SHA-256 of the server's challenge and the id; nil where the site has no key.
    public var mac: [UInt8]?

    /// A hello with a mac made elsewhere.
    public init(chargePointId: String, version: String = "ocpp1.6", mac: [UInt8]? = nil) {
        self.chargePointId = chargePointId
        self.version = version
        self.mac = mac
    }

    /// A hello for a server that knows the same key.
    public init(chargePointId: String, challenge: [UInt8], key: [UInt8]) {
        self.init(
            chargePointId: chargePointId, mac: HelloMAC.make(challenge: challenge, id: chargePointId, key: key))
    }

    /// Whether the mac was made of this challenge with this key. Takes the same time whatever the mac.
    public func isGenuine(challenge: [UInt8], key: [UInt8]) -> Bool {
        guard let mac else { return false }
        return HelloMAC.areEqual(mac, HelloMAC.make(challenge: challenge, id: chargePointId, key: key))
    }
}
