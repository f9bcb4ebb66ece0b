/// The other end of a TLS connection.
public struct TLSPeer: Hashable, Sendable {
    /// The version spoken, as `TLSv1.3`.
    public let version: String
    /// The common name of its certificate, which was checked; nil when it showed none.
    public let commonName: String?
    /// SHA-256 of its certificate in lower-case hexadecimal figures; nil when it showed none.
    public let fingerprint: String?

    /// A peer, for tests of handlers.
    public init(version: String, commonName: String? = nil, fingerprint: String? = nil) {
        self.version = version
        self.commonName = commonName
        self.fingerprint = fingerprint
    }
}
