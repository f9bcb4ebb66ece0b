/// How a chargehost proves to its master that it runs in a Power Brain: the vendor signed its identity, and it signs what
/// the master asks.
///
/// The master chooses 32 random bytes for every connection. What the host signs names the connection too, so that an
/// answer is of no use on another one, and later none on the same.
public struct HostProof: Hashable, Sendable {
    /// So many random bytes a master sends.
    public static let challengeBytes = 32

    /// The host's identity.
    public var host: PublicKey
    /// The vendor's signature of the host's ``HostCertificate``, put into the device when it is made.
    public var certificate: [UInt8]
    /// The host's signature of ``challenge(_:on:)``.
    public var answer: [UInt8]

    /// A proof.
    public init(host: PublicKey, certificate: [UInt8], answer: [UInt8]) {
        self.host = host
        self.certificate = certificate
        self.answer = answer
    }

    /// The answer of the host with this key and certificate to `random` on `connection`; nil where the certificate is of
    /// another host or the challenge is none.
    public init?(_ random: [UInt8], on connection: String, key: SigningKey, certificate: HostCertificate) {
        guard random.count == HostProof.challengeBytes, certificate.host == key.publicKey else { return nil }
        self.init(
            host: key.publicKey, certificate: certificate.signature,
            answer: key.signature(of: HostProof.challenge(random, on: connection)))
    }

    /// A new challenge out of the system's randomness; nil when it gives none.
    public static func newChallenge() -> [UInt8]? { Ed25519.newSeed() }

    /// Reads a challenge; nil unless it is 64 lower-case hexadecimal digits.
    public static func challenge(text: String) -> [UInt8]? {
        guard let random = Hexadecimal.bytes(text), random.count == challengeBytes else { return nil }
        return random
    }

    /// A challenge as text.
    public static func text(_ random: [UInt8]) -> String { Hexadecimal.text(random) }

    /// What the host signs: words before the rest, so that it never signs anything else; the name of the connection, as
    /// both ends know it; and the master's random bytes, whose number is fixed.
    public static func challenge(_ random: [UInt8], on connection: String) -> [UInt8] {
        Array("chargehost identity\n\(connection)\n".utf8) + random
    }

    /// Throws why it does not prove that the host is a Power Brain, to the master who chose `random` for `connection`.
    public func check(_ random: [UInt8], on connection: String, keys: VendorKeys) throws(HostProofRefusal) {
        guard keys.signer(of: HostCertificate.statement(of: host), certificate) != nil else {
            throw .forgedCertificate
        }
        guard random.count == HostProof.challengeBytes,
            host.verifies(answer, of: HostProof.challenge(random, on: connection))
        else { throw .otherAnswer }
    }
}

extension HostProof {
    /// The 32 bytes of the key, the 64 of the certificate and the 64 of the answer.
    public var bytes: [UInt8] { host.bytes + certificate + answer }

    /// Reads a proof; nil unless it is the 160 bytes of ``bytes``.
    public init?(bytes: [UInt8]) {
        let key = Ed25519.publicKeyBytes
        let signature = Ed25519.signatureBytes
        guard bytes.count == key + 2 * signature else { return nil }
        self.init(
            host: PublicKey(bytes: Array(bytes[..<key])), certificate: Array(bytes[key..<key + signature]),
            answer: Array(bytes[(key + signature)...]))
    }

    /// The 32 bytes of the key, the 64 of the certificate and the 64 of the answer, as hexadecimal digits with a space
    /// between them.
    public var text: String {
        [host.description, Hexadecimal.text(certificate), Hexadecimal.text(answer)].joined(separator: " ")
    }

    /// Reads a proof; nil for anything but what ``text`` writes.
    public init?(text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 3, let host = PublicKey(words[0]), let certificate = Hexadecimal.bytes(words[1]),
            let answer = Hexadecimal.bytes(words[2]),
            [certificate, answer].allSatisfy({ $0.count == Ed25519.signatureBytes })
        else { return nil }
        self.init(host: host, certificate: certificate, answer: answer)
    }
}
