/// The bisection of one refused request.
struct Experiment: Hashable {
    private enum State: Hashable {
        /// To be read.
        case toTry
        /// Refused; waits for the right to be cut.
        case refused
        /// Cut; its halves are at work.
        case cut
        /// Both halves answered; waits for the right to read the two items in the middle.
        case whole
        /// The two items in the middle are to be read.
        case toConfirm
        /// Answered as it is.
        case good
        /// Nothing more to find out.
        case settled
    }

    private struct Part: Hashable {
        var units: Range<Int>
        var parent: Int?
        var state = State.toTry
        var halves: Range<Int>?
        var failures = 0
        var notBefore = Duration.zero
    }

    private let refused: ReadPlan.Entry
    private let byClosing: Bool
    private let units: [PlanUnit]
    private var parts: [Part]
    private var steps: [Duration] = []

    init(_ entry: ReadPlan.Entry, byClosing: Bool) {
        refused = entry
        self.byClosing = byClosing
        let units = PlanUnit.indivisible(entry.items)
        let hull = PlanUnit(entry.items)
        // An island that is read exactly can not be cut.
        self.units = hull.range == entry.request.range ? units : [hull]
        parts = [Part(units: self.units.indices)]
    }

    var isOver: Bool { parts.allSatisfy { [.good, .settled].contains($0.state) } }

    /// Steps allowed in any minute: enough to find one bad item.
    private var stepsAMinute: Int { max(1, Int.bitWidth - (units.count - 1).leadingZeroBitCount) }

    /// Whether `item` is part of what has not been cleared.
    func suspects(_ item: PlanItem) -> Bool {
        guard item.unit == refused.unit, item.table == refused.request.table else { return false }
        return parts.contains { part in
            (part.state == .toTry || part.state == .refused)
                && units[part.units].contains { unit in
                    unit.items.contains { $0.points == item.points || $0.range == item.range }
                }
        }
    }

    /// Keeps plans off what has not been cleared.
    func narrow(_ constraints: inout PlanConstraints) {
        let table = refused.request.table
        let good = parts.filter { $0.state == .good }.map { range(of: $0.units) }
        let open = refused.request.range.filter { address in !good.contains { $0.contains(address) } }
        constraints.barriers[table, default: []].formUnion(open)
        constraints.borders[table, default: []].formUnion(good.flatMap { [$0.lowerBound, $0.upperBound] })
    }

    private func range(of run: Range<Int>) -> Range<Int> {
        if run == units.indices { return refused.request.range }
        return units[run.lowerBound].start..<units[run].reduce(0) { max($0, $1.end) }
    }

    private func entry(_ part: Part) -> ReadPlan.Entry {
        var run = part.units
        if part.state == .toConfirm, let middle = middle(part) { run = middle - 1..<middle + 1 }
        let range = range(of: run)
        let request = ReadRequest(
            refused.request.table, at: UInt16(range.lowerBound), count: UInt16(range.count),
            function: refused.request.function)
        return .init(unit: refused.unit, request: request, items: units[run].flatMap(\.items))
    }

    private func middle(_ part: Part) -> Int? { part.halves.map { parts[$0.upperBound - 1].units.lowerBound } }

    private func tried(_ part: Part) -> Bool { part.state == .toTry || part.state == .toConfirm }

    func isTrying(_ entry: ReadPlan.Entry) -> Bool {
        entry.unit == refused.unit && parts.contains { tried($0) && self.entry($0).request == entry.request }
    }

    mutating func tries(at now: Duration) -> [ReadPlan.Entry] {
        for index in parts.indices { advance(index, at: now) }
        return parts.filter { tried($0) && now >= $0.notBefore }.map { entry($0) }
    }

    /// Cuts or confirms a part that waits for it, if the minute has a step left.
    private mutating func advance(_ index: Int, at now: Duration) {
        let state = parts[index].state
        guard state == .refused || state == .whole else { return }
        steps.removeAll { now - $0 >= .seconds(60) }
        guard steps.count < stepsAMinute else { return }
        steps.append(now)
        if state == .whole {
            parts[index].state = .toConfirm
        } else {
            let run = parts[index].units
            let middle = (run.lowerBound + run.upperBound + 1) / 2
            parts[index].state = .cut
            parts[index].halves = parts.count..<parts.count + 2
            parts.append(Part(units: run.lowerBound..<middle, parent: index))
            parts.append(Part(units: middle..<run.upperBound, parent: index))
        }
    }

    mutating func record(_ outcome: ReadOutcome, of entry: ReadPlan.Entry, at now: Duration) -> [LearningConclusion] {
        guard let index = parts.firstIndex(where: { tried($0) && self.entry($0).request == entry.request }) else {
            return []
        }
        let counts = outcome == .refused || (outcome == .closed && (byClosing || self.entry(parts[index]).isBridged))
        guard counts || outcome == .answered else {
            parts[index].failures += 1
            // 8 s at most: what is under suspicion may be vital, and is not read until it answers.
            parts[index].notBefore = now + UnitBackOff.pause(after: min(parts[index].failures, 4))
            return []
        }
        let conclusions = parts[index].state == .toConfirm ? confirm(index, counts) : judge(index, counts)
        settleAbove(index)
        return conclusions
    }

    private mutating func judge(_ index: Int, _ refused: Bool) -> [LearningConclusion] {
        let part = parts[index]
        if !refused {
            parts[index].state = .good
            return part.parent == nil ? [.transient] : []
        }
        guard part.units.count == 1 else {
            parts[index].state = .refused
            return []
        }
        parts[index].state = .settled
        return units[part.units.lowerBound].items.map { .absent($0) }
    }

    private mutating func confirm(_ index: Int, _ refused: Bool) -> [LearningConclusion] {
        let table = self.refused.request.table
        parts[index].state = .settled
        guard let halves = parts[index].halves, let middle = middle(parts[index]) else { return [] }
        guard refused || parts[index].units.count == 2 else {
            return [.maxRead(table, halves.reduce(0) { max($0, range(of: parts[$1].units).count) })]
        }
        guard refused else { return [.transient] }
        let end = units[..<middle].reduce(0) { max($0, $1.end) }
        let start = units[middle].start
        return end < start
            ? [.barrier(.init(table: table, first: end, last: start - 1))] : [.border(table, address: start)]
    }

    /// Carries a result up: a part whose halves are both good is whole, any other with finished halves is settled.
    private mutating func settleAbove(_ index: Int) {
        var child = index
        while let parent = parts[child].parent, let halves = parts[parent].halves, parts[parent].state == .cut {
            let states = halves.map { parts[$0].state }
            guard states.allSatisfy({ $0 == .good || $0 == .settled }) else { return }
            parts[parent].state = states.contains(.settled) ? .settled : .whole
            if parts[parent].state == .whole { return }
            child = parent
        }
    }
}

extension PlanUnit {
    /// The units of one request: atomic groups and what overlaps stay together.
    static func indivisible(_ items: [PlanItem]) -> [PlanUnit] {
        var units = items.filter { $0.atomic == nil }.map { PlanUnit([$0]) }
        let groups = Dictionary(grouping: items.filter { $0.atomic != nil }, by: \.atomic)
        units += groups.values.map { PlanUnit($0) }
        units.sortByAddress()
        return units.joiningOverlaps(upTo: Int.max)
    }
}
