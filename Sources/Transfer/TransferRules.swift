/// How long and how large a transfer may be, and how often it is tried.
public struct TransferRules: Hashable, Sendable {
    /// The largest file in bytes.
    public var sizeLimit: Int
    /// How often it is tried again after it has failed.
    public var retries: Int
    /// How long is waited before it is tried again.
    public var interval: Duration
    /// How long a connection may take.
    public var connectTimeout: Duration
    /// How long nothing may move until the transfer has failed.
    public var stallTimeout: Duration
    /// The file with the authorities that are trusted, in PEM; nil for those of the system.
    public var authorities: String?
    /// The file with the keys of SFTP servers, as ssh has it; without one no server is believed.
    public var knownHosts: String?

    /// Rules; by default 256 MiB, three more tries 60 s apart, 30 s to connect, 60 s without a byte.
    public init(
        sizeLimit: Int = 256 << 20, retries: Int = 3, interval: Duration = .seconds(60),
        connectTimeout: Duration = .seconds(30), stallTimeout: Duration = .seconds(60), authorities: String? = nil,
        knownHosts: String? = nil
    ) {
        self.sizeLimit = max(1, sizeLimit)
        self.retries = max(0, retries)
        self.interval = max(.zero, interval)
        self.connectTimeout = connectTimeout
        self.stallTimeout = stallTimeout
        self.authorities = authorities
        self.knownHosts = knownHosts
    }
}
