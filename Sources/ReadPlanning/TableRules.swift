/// The constraints of one table, ready for many questions.
struct TableRules {
    let table: RegisterTable
    let function: UInt8
    let maxRead: Int
    let whole: [ClosedRange<Int>]
    let merging: Bool
    private let readable: [ClosedRange<Int>]?
    private let forbidden: [ClosedRange<Int>]
    private let bridging: Bool
    private let barriers: [Int]
    private let borders: Set<Int>

    init(_ constraints: PlanConstraints, table: RegisterTable) {
        self.table = table
        function = constraints.readFunction[table] ?? table.standardReadFunction
        let standard = table.standardMaxRead
        maxRead = min(max(constraints.maxRead[table] ?? standard, 1), standard)
        whole = constraints.whole[table] ?? []
        merging = constraints.merging
        readable = constraints.readable[table]
        forbidden = constraints.forbidden[table] ?? []
        bridging = constraints.bridging
        barriers = (constraints.barriers[table] ?? []).sorted()
        borders = constraints.borders[table] ?? []
    }

    /// The island that holds all of `range`; nil: none does.
    func island(of range: Range<Int>) -> Int? {
        guard let readable else { return 0 }
        return readable.firstIndex { $0.lowerBound <= range.lowerBound && range.upperBound - 1 <= $0.upperBound }
    }

    /// What forbids reading `range` in one request or in pieces, its length apart.
    func refusal(of range: Range<Int>) -> PlanProblem.Reason? {
        let closed = range.lowerBound...range.upperBound - 1
        if forbidden.contains(where: { $0.overlaps(closed) }) { return .forbidden(closed) }
        if island(of: range) == nil { return .notReadable(closed) }
        return nil
    }

    /// Whether a request may cover `gap`, which no point asked for.
    func mayBridge(_ gap: Range<Int>) -> Bool {
        if gap.isEmpty { return true }
        guard bridging else { return false }
        let closed = gap.lowerBound...gap.upperBound - 1
        return !forbidden.contains { $0.overlaps(closed) } && !whole.contains { $0.overlaps(closed) }
            && !hasBarrier(in: gap)
    }

    /// Whether a border lies between what ends before `end` and what begins at `start`.
    func hasBorder(from end: Int, to start: Int) -> Bool {
        !borders.isEmpty && end <= start && (end...start).contains { borders.contains($0) }
    }

    private func hasBarrier(in gap: Range<Int>) -> Bool {
        var low = 0
        var high = barriers.count
        while low < high {
            let middle = (low + high) / 2
            if barriers[middle] < gap.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < barriers.count && barriers[low] < gap.upperBound
    }
}
