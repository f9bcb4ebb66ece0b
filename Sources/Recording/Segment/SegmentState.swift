/// What writer and reader of a segment keep alike.
final class SegmentState {
    /// So many ticks after one with a digest of the memory comes the next.
    static let digestEvery = 32

    let table = TreeTable()
    let header = TreePosition(TreeModel(), name: 0)
    let memory = TreePosition(TreeModel(), name: 0)
    let changes = TreePosition(TreeModel(), name: 0)
    let limits = TreePosition(TreeModel(), name: 0)
    let snapshot = TreePosition(TreeModel(), name: 0)
    let decision = TreePosition(TreeModel(), name: 0)
    private var ticks = 0

    /// The first bytes of every file.
    static let magic: [UInt8] = [0x89, 0x43, 0x48, 0x52, 0x45, 0x43, 0x0A, UInt8(RecordingError.format)]

    /// Codes the first record: what the segment says of itself, and the whole memory.
    func begin<Bits>(
        _ coder: inout TreeCoder<Bits>, _ header: Tree, _ clock: Int64, _ memory: Tree
    ) -> (header: Tree, memory: Tree) {
        let header = coder.tree(header, self.header)
        _ = coder.clock(clock)
        return (header, coder.tree(memory, self.memory))
    }

    /// Codes one tick; of some also a digest of the memory before it.
    func tick<Bits>(_ coder: inout TreeCoder<Bits>, _ given: TickTrees) -> TickTrees {
        var tick = TickTrees()
        tick.now = coder.clock(given.now)
        tick.changes = coder.tree(given.changes, changes)
        tick.limits = coder.tree(given.limits, limits)
        tick.snapshot = coder.tree(given.snapshot, snapshot)
        tick.decision = coder.tree(given.decision, decision)
        if ticks % Self.digestEvery == 0 { tick.digest = coder.bits.plain(given.digest ?? 0, count: 64) }
        ticks += 1
        return tick
    }

    /// Whether the next tick carries a digest.
    var isDigestDue: Bool { ticks % Self.digestEvery == 0 }
}

/// A tick as trees.
struct TickTrees {
    var now: Int64 = 0
    var changes = Tree.absent
    var limits = Tree.absent
    var snapshot = Tree.absent
    var decision = Tree.absent
    var digest: UInt64?
}
