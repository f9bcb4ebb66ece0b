/// The vendor's word that a host is a Power Brain, put into the device when it is made.
///
/// One line: `chargehost power-brain`, the host's identity, and the signature of what stands before it, each after a
/// space. There is one way to write it.
public struct HostCertificate: Hashable, Sendable {
    /// The host's identity.
    public let host: PublicKey
    /// The vendor's signature of ``statement(of:)``.
    public let signature: [UInt8]

    /// The vendor's word for a host.
    public init(of host: PublicKey, signedBy key: SigningKey) {
        self.host = host
        signature = key.signature(of: HostCertificate.statement(of: host))
    }

    /// Reads a certificate; whose word it is, is not asked. Throws ``LicenceRefusal/malformed(_:)``.
    public init(_ bytes: [UInt8]) throws(LicenceRefusal) {
        guard bytes.count < 1000, bytes.last == UInt8(ascii: "\n") else { throw .malformed("it is cut off") }
        let words = String(decoding: bytes.dropLast(), as: UTF8.self).split(
            separator: " ", omittingEmptySubsequences: false)
        guard words.count == 4, let host = PublicKey(String(words[2])),
            let signature = Hexadecimal.bytes(String(words[3])), signature.count == Ed25519.signatureBytes
        else { throw .malformed("it is no certificate of a host") }
        self.host = host
        self.signature = signature
        guard Array(text.utf8) == bytes else { throw .malformed("it is no certificate of a host") }
    }

    /// Reads a certificate for `host`. Throws ``LicenceRefusal`` unless one of `keys` signed it for that host.
    public init(_ bytes: [UInt8], host: PublicKey, keys: VendorKeys) throws(LicenceRefusal) {
        try self.init(bytes)
        guard keys.signer(of: HostCertificate.statement(of: self.host), signature) != nil else { throw .notSigned }
        guard self.host == host else { throw .otherHost(self.host) }
    }

    /// Whether these bytes are to be a certificate and no licence.
    public static func isMeant(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Array("\(words) ".utf8)) }

    /// What the vendor signs for a Power Brain.
    public static func statement(of host: PublicKey) -> [UInt8] { Array("\(words) \(host)".utf8) }

    /// The line.
    public var text: String { "\(HostCertificate.words) \(host) \(Hexadecimal.text(signature))\n" }

    private static let words = "chargehost power-brain"
}
