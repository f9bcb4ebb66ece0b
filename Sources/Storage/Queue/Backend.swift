/// To whom a queue belongs: one central system and the identity this site has there.
///
/// Another URL or another id is another backend with a queue of its own; what was queued for the former stays with it.
public struct Backend: Hashable, Sendable, CustomStringConvertible {
    /// Its URL without the ChargePointID: `wss://csms.example/ocpp`.
    public let url: String
    /// The ChargePointID the site has there, not percent-encoded.
    public let chargePoint: String

    /// A backend.
    public init(url: String, chargePoint: String) {
        self.url = url
        self.chargePoint = chargePoint
    }

    /// Both, for people.
    public var description: String { "\(url) as \(chargePoint)" }
}
