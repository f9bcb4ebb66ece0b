/// How this host speaks TLS to a server.
public struct TLSClientOptions: Hashable, Sendable {
    /// The authorities it trusts in PEM; nil for those of the system.
    public var authorities: [UInt8]?
    /// Whether it trusts those of the system beside `authorities`.
    public var trustsSystemToo = false
    /// What it shows when it is asked (OCPP security profile 3); nil for nothing.
    public var identity: TLSIdentity?
    /// The least version.
    public var minimum: TLSVersion

    /// Options.
    public init(authorities: [UInt8]? = nil, identity: TLSIdentity? = nil, minimum: TLSVersion = .v12) {
        self.authorities = authorities
        self.identity = identity
        self.minimum = minimum
    }
}
