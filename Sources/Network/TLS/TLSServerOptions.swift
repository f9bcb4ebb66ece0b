/// How a listener speaks TLS.
public struct TLSServerOptions: Hashable, Sendable {
    /// What clients are shown.
    public var identity: TLSIdentity
    /// The authorities of clients' certificates in PEM; then a client without a certificate of theirs is turned away
    /// (OCPP security profile 3). Nil asks clients for none.
    public var clientAuthorities: [UInt8]?
    /// The least version.
    public var minimum: TLSVersion

    /// Options.
    public init(identity: TLSIdentity, clientAuthorities: [UInt8]? = nil, minimum: TLSVersion = .v12) {
        self.identity = identity
        self.clientAuthorities = clientAuthorities
        self.minimum = minimum
    }
}
