/// What one end of a TLS connection shows: its certificate, and the key that proves it.
public struct TLSIdentity: Hashable, Sendable {
    /// The certificate first, then those between it and the authority, in PEM.
    public let certificates: [UInt8]
    /// The private key in PEM, without a password.
    public let key: [UInt8]

    /// An identity; whether its parts are right shows when it is used.
    public init(certificates: [UInt8], key: [UInt8]) {
        self.certificates = certificates
        self.key = key
    }
}
