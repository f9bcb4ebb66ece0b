import YAML

/// The central system a site reports to, as the site file says. The password is not among it: it is in the data folder.
public struct SiteBackend: Hashable, Sendable {
    /// The URL without the ChargePointID: `wss://csms.example/ocpp`, or `tcp://192.168.125.124:1600` for a master with the
    /// binary framing.
    public var url: String
    /// The ChargePointID, not percent-encoded.
    public var id: String
    /// How the connection is protected.
    public var securityProfile: SecurityProfile
    /// The file with the authorities that are trusted, in PEM; nil for those of the system.
    public var authorities: String?
    /// The files with the certificate this host shows and its key; nil for those in the data folder.
    public var identity: SiteIdentity?
    /// From so many queued messages on old meter values are thinned; at twice that new sessions are refused.
    public var queueLimit: Int
    /// The tag of free charging with a fixed tag, 1 to 20 characters.
    public var freeChargingTag: String
    /// Where it stands in the file.
    public var mark: Mark

    /// The tag of free charging, unless the site file says otherwise.
    public static let defaultFreeChargingTag = "FREECHARGING"
    /// How many messages wait before old meter values are thinned, unless the site file says otherwise.
    public static let defaultQueueLimit = 100_000

    /// Makes a backend.
    public init(
        url: String, id: String, securityProfile: SecurityProfile, authorities: String? = nil,
        identity: SiteIdentity? = nil, queueLimit: Int = SiteBackend.defaultQueueLimit,
        freeChargingTag: String = SiteBackend.defaultFreeChargingTag,
        mark: Mark = Mark(line: 1, column: 1)
    ) {
        self.url = url
        self.id = id
        self.securityProfile = securityProfile
        self.authorities = authorities
        self.identity = identity
        self.queueLimit = queueLimit
        self.freeChargingTag = freeChargingTag
        self.mark = mark
    }
}

/// Two files in PEM, relative to the site file: a certificate with its chain, and its private key.
public struct SiteIdentity: Hashable, Sendable {
    /// The certificate, and those between it and the authority.
    public var certificate: String
    /// Its key, without a password.
    public var key: String

    /// Makes an identity.
    public init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}
