import LoadManagement

/// Decides anew what a recording says was decided, tick by tick.
public struct Replay: Sendable {
    /// The memory as it is after the last tick.
    public private(set) var memory: Memory
    private let comparesMemory: Bool

    /// Begins with the memory before the first tick; `comparesMemory` if digests of it can be compared.
    public init(memory: Memory, comparesMemory: Bool) {
        self.memory = memory
        self.comparesMemory = comparesMemory
    }

    /// Begins with what a segment begins with.
    public init(_ segment: SegmentReader) {
        self.init(memory: segment.memory, comparesMemory: segment.isMemoryComparable)
    }

    /// Decides one tick, and compares with what was recorded.
    ///
    /// Throws ``RecordingError/notEncodable(_:)``.
    public mutating func step(_ tick: ReadTick) throws(RecordingError) -> ReplayedTick {
        let isMemoryEqual =
            if comparesMemory, let digest = tick.digest { TreeDigest.of(try tree(memory)) == digest } else { true }
        tick.changes.apply(to: &memory)
        let (decision, next) = LoadControl.step(tick.snapshot, limits: tick.limits, memory: memory, now: tick.now)
        memory = next
        return ReplayedTick(
            recorded: tick, decision: decision, differences: tick.decision.differences(from: try tree(decision)),
            isMemoryEqual: isMemoryEqual)
    }

    private func tree(_ value: some Encodable) throws(RecordingError) -> Tree {
        do { return try TreeEncoder.tree(value) } catch { throw .notEncodable("\(error)") }
    }
}

/// One tick of a recording, decided anew.
public struct ReplayedTick: Sendable {
    /// What was recorded.
    public var recorded: ReadTick
    /// What is decided now.
    public var decision: Decision
    /// Where the two decisions differ.
    public var differences: [TreeDifference]
    /// Whether the memory before the tick was the same, where the recording says.
    public var isMemoryEqual: Bool

    /// What was decided then; nil if this program cannot read it.
    public var recordedDecision: Decision? { try? TreeDecoder.value(Decision.self, from: recorded.decision) }
}
