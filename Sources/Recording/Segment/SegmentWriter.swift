import LoadManagement

/// Turns ticks into the bytes of one segment, which can be read without any other.
public final class SegmentWriter {
    private let state = SegmentState()
    private var limits: SiteLimits?
    private var limitsTree = Tree.absent

    /// The bytes with which the file begins: the memory before its first tick.
    public let start: [UInt8]

    /// Begins a segment with the memory as it is before the first tick.
    ///
    /// Throws ``RecordingError/notEncodable(_:)``.
    public init(_ header: SegmentHeader, memory: Memory) throws(RecordingError) {
        let trees = (header: try Self.tree(header), memory: try Self.tree(memory))
        var coder = TreeCoder(RangeEncoder(), state.table)
        _ = state.begin(&coder, trees.header, header.clock, trees.memory)
        start = SegmentState.magic + Frame.framed(try Self.content(coder))
    }

    /// The bytes of the next tick, to be put behind those before; each has to be written, or the segment ends before it.
    ///
    /// Throws ``RecordingError/notEncodable(_:)``; then the segment has ended.
    public func append(_ recorded: RecordedTick) throws(RecordingError) -> [UInt8] {
        let tick = recorded.tick
        if tick.limits != limits {
            limits = tick.limits
            limitsTree = try Self.tree(tick.limits)
        }
        var trees = TickTrees()
        trees.now = tick.now
        trees.changes = try Self.tree(tick.changes)
        trees.limits = limitsTree
        trees.snapshot = try Self.tree(tick.snapshot)
        trees.decision = try Self.tree(tick.decision)
        if state.isDigestDue { trees.digest = TreeDigest.of(try Self.tree(recorded.before)) }
        var coder = TreeCoder(RangeEncoder(), state.table)
        _ = state.tick(&coder, trees)
        return Frame.framed(try Self.content(coder))
    }

    private static func content(_ coder: consuming TreeCoder<RangeEncoder>) throws(RecordingError) -> [UInt8] {
        guard !coder.isDamaged else { throw .notEncodable("it is too large") }
        return coder.bits.finish()
    }

    private static func tree(_ value: some Encodable) throws(RecordingError) -> Tree {
        do { return try TreeEncoder.tree(value) } catch { throw .notEncodable("\(error)") }
    }
}
