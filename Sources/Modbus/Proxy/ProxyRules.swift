/// What a proxy lets through.
public struct ProxyRules: Hashable, Sendable {
    /// Whether nothing may be written.
    public var isReadOnly: Bool
    /// Units that may not be written, because somebody else governs them.
    public var guarded: Set<UInt8>
    /// How long a device may take to answer.
    public var timeout: Duration
    /// How long an answer counts for further reads of the same registers.
    public var freshness: Duration
    /// How many requests may wait for the line.
    public var pending: Int

    /// Makes rules.
    public init(
        isReadOnly: Bool = false, guarded: Set<UInt8> = [], timeout: Duration = .seconds(1),
        freshness: Duration = .milliseconds(200), pending: Int = 256
    ) {
        self.isReadOnly = isReadOnly
        self.guarded = guarded
        self.timeout = timeout
        self.freshness = freshness
        self.pending = pending
    }

    /// Whether a PDU can change a device, as far as its function is known to only read.
    public static func writes(_ pdu: [UInt8]) -> Bool { (try? ProxyRequest(pdu: pdu))?.isWrite ?? true }
}
