/// How a chargehost proves to its master that it runs in a Power Brain: the vendor signed its identity, and it signs what
/// the master asks.
public struct HostProof: Hashable, Sendable {
    /// The host's identity.
    public var host: PublicKey
    /// The vendor's signature of ``statement(of:)``, put into the device when it is made.
    public var certificate: [UInt8]
    /// The host's signature of ``challenge(_:)``.
    public var answer: [UInt8]

    /// A proof.
    public init(host: PublicKey, certificate: [UInt8], answer: [UInt8]) {
        self.host = host
        self.certificate = certificate
        self.answer = answer
    }

    /// What the vendor signs for a Power Brain.
    public static func statement(of host: PublicKey) -> [UInt8] { Array("chargehost power-brain \(host)".utf8) }

    /// What the host signs: the master's random bytes, with words before them so that it never signs anything else.
    public static func challenge(_ random: [UInt8]) -> [UInt8] { Array("chargehost identity ".utf8) + random }

    /// Whether it proves that the host is a Power Brain, to the master who chose `random` (at least 16 bytes).
    public func isValid(for random: [UInt8], keys: VendorKeys) -> Bool {
        random.count >= 16 && host.verifies(answer, of: Self.challenge(random))
            && keys.signer(of: Self.statement(of: host), certificate) != nil
    }
}
