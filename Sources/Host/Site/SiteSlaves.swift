import Network
import YAML

/// How slaves and other OCPP boxes connect to this host, as the site file says. Their keys are in the data folder.
public struct SiteSlaves: Hashable, Sendable {
    /// Whether a slave that is not in the site file may introduce itself.
    public enum Pairing: String, Hashable, Sendable, CaseIterable {
        /// It is refused.
        case closed
        /// It is noted, with what it says of itself, until somebody takes it into the site file.
        case open
    }

    /// Where JSON over WebSockets is served, port 19520 by convention; nil for nowhere.
    public var json: ListenAddress?
    /// Where the binary framing is served, port 1600 by convention; nil for nowhere.
    public var binary: ListenAddress?
    /// How connections are protected.
    public var securityProfile: SecurityProfile
    /// The files with the certificate this host shows and its key; needed for TLS.
    public var identity: SiteIdentity?
    /// The file with the authorities of the slaves' certificates, in PEM; needed for profile 3.
    public var authorities: String?
    /// Whether an unknown slave may introduce itself.
    public var pairing: Pairing
    /// Where it stands in the file.
    public var mark: Mark

    /// Makes the settings of the slaves.
    public init(
        json: ListenAddress? = nil, binary: ListenAddress? = nil, securityProfile: SecurityProfile = .password,
        identity: SiteIdentity? = nil, authorities: String? = nil, pairing: Pairing = .closed,
        mark: Mark = Mark(line: 1, column: 1)
    ) {
        self.json = json
        self.binary = binary
        self.securityProfile = securityProfile
        self.identity = identity
        self.authorities = authorities
        self.pairing = pairing
        self.mark = mark
    }
}
