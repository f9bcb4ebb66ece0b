import ReadPlanning

/// The plan as the rules state it, found by trying every way to cut the sorted units: slow, and written without any of
/// the planner's code.
struct ReferencePlan {
    var requests: [String] = []
    var unread: Set<String> = []
    var time: Int64 = 0
    /// How many ways there were to cut.
    var ways = 0

    init(_ random: RandomCase) {
        var scattered: Set<String> = []
        for a in random.items {
            for b in random.items where a.atomic != nil && a.atomic == b.atomic {
                if a.unit != b.unit || a.table != b.table { scattered.formUnion(a.points + b.points) }
            }
        }
        let names = Set(random.items.filter { scattered.contains($0.points[0]) }.map(\.atomic))
        let items = random.items.filter { $0.atomic == nil || !names.contains($0.atomic) }
        unread = Set(random.items.filter { $0.atomic != nil && names.contains($0.atomic) }.flatMap(\.points))
        var found: [(key: [Int], text: String)] = []
        for unit in [UInt8?.none, 5] {
            for table in RegisterTable.allCases {
                let group = items.filter { $0.unit == unit && $0.table == table }
                if group.isEmpty { continue }
                var reference = ReferenceTable(group, random, table)
                reference.solve()
                unread.formUnion(reference.unread)
                time += reference.time
                ways += reference.ways
                let function = random.constraints.readFunction[table] ?? table.standardReadFunction
                for r in reference.spans {
                    let request = ReadRequest(
                        table, at: UInt16(r.lowerBound), count: UInt16(r.count), function: function)
                    let key = [
                        unit.map(Int.init) ?? -1, Int(function), r.lowerBound, r.count, table == .holding ? 0 : 1,
                    ]
                    found.append((key, (unit.map { "@\($0) " } ?? "") + request.description))
                }
            }
        }
        requests = found.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.text)
    }
}

/// One unit and table of it.
struct ReferenceTable {
    var spans: [ClosedRange<Int>] = []
    var unread: Set<String> = []
    var time: Int64 = 0
    var ways = 0

    private let c: PlanConstraints
    private let table: RegisterTable
    private let limit: Int
    private let costs: [Int64]
    private var units: [ClosedRange<Int>] = []
    private var covered: Set<Int> = []

    init(_ items: [PlanItem], _ random: RandomCase, _ table: RegisterTable) {
        c = random.constraints
        self.table = table
        let limit = min(c.maxRead[table] ?? table.standardMaxRead, table.standardMaxRead)
        self.limit = limit
        costs = (0...limit).map { count in
            let time = random.line.time(reading: count, of: table, latency: random.latency).components
            return time.seconds * 1_000_000_000 + time.attoseconds / 1_000_000_000
        }
        collect(items)
    }

    private func island(_ a: Int) -> Int? {
        guard let islands = c.readable[table] else { return 0 }
        return islands.firstIndex { $0.contains(a) }
    }
    private func forbidden(_ a: Int) -> Bool { (c.forbidden[table] ?? []).contains { $0.contains(a) } }
    private func whole(_ a: Int) -> ClosedRange<Int>? { (c.whole[table] ?? []).first { $0.contains(a) } }

    private func readable(_ range: ClosedRange<Int>) -> Bool {
        guard range.lowerBound >= 0, range.upperBound <= 0xFFFF, let home = island(range.lowerBound) else {
            return false
        }
        return range.allSatisfy { island($0) == home && !forbidden($0) }
    }

    private func fits(_ item: PlanItem) -> Bool {
        let range = item.address...item.address + item.count - 1
        guard readable(range) else { return false }
        let islands = Set(range.map(whole))
        if islands == [nil] { return item.count <= limit || (item.divisible && item.atomic == nil) }
        guard islands.count == 1, let island = islands.first ?? nil else { return false }
        return island.count <= limit && readable(island)
    }

    private mutating func collect(_ items: [PlanItem]) {
        var wholes: Set<ClosedRange<Int>> = []
        var groups: [[PlanItem]] = []
        for item in items where item.atomic == nil {
            let range = item.address...item.address + item.count - 1
            if !fits(item) {
                unread.formUnion(item.points)
            } else if let island = whole(item.address) {
                wholes.insert(island)
            } else {
                covered.formUnion(range)
                for at in stride(from: item.address, through: range.upperBound, by: limit) {
                    units.append(at...min(at + limit - 1, range.upperBound))
                }
            }
        }
        for name in Set(items.compactMap(\.atomic)) {
            let group = items.filter { $0.atomic == name }
            let islands = Set(group.map { whole($0.address) })
            let hull = hull(group)
            if group.allSatisfy({ readableMember($0) }), islands.count == 1, let island = islands.first ?? nil {
                wholes.insert(island)
            } else if group.allSatisfy({ readableMember($0) }), islands == [nil], hull.count <= limit, readable(hull) {
                groups.append(group)
            } else {
                unread.formUnion(group.flatMap(\.points))
            }
        }
        var changed = true
        while changed {
            changed = false
            let all = covered.union(groups.joined().flatMap { Array($0.range) })
            for (index, group) in groups.enumerated().reversed() {
                if !hull(group).allSatisfy({ all.contains($0) || mayBridge($0) }) {
                    unread.formUnion(group.flatMap(\.points))
                    groups.remove(at: index)
                    changed = true
                }
            }
        }
        covered.formUnion(groups.joined().flatMap { Array($0.range) })
        units += groups.map(hull)
        spans = Array(wholes)
        time = wholes.reduce(0) { $0 + costs[$1.count] }
    }

    private func readableMember(_ item: PlanItem) -> Bool {
        var short = item
        short.divisible = true
        short.atomic = nil
        return fits(short)
    }

    private func mayBridge(_ a: Int) -> Bool {
        c.bridging && !forbidden(a) && whole(a) == nil && !(c.barriers[table] ?? []).contains(a)
    }

    private func hull(_ group: [PlanItem]) -> ClosedRange<Int> {
        (group.map(\.address).min() ?? 0)...((group.map { $0.address + $0.count - 1 }).max() ?? 0)
    }

    /// What overlaps becomes one, if one request can hold it.
    private func joined() -> [ClosedRange<Int>] {
        var clusters: [[ClosedRange<Int>]] = []
        for unit in units {
            let touching = clusters.filter { $0.contains { $0.overlaps(unit) } }
            clusters.removeAll { $0.contains { $0.overlaps(unit) } }
            clusters.append(touching.flatMap { $0 } + [unit])
        }
        return clusters.flatMap { cluster in
            let lower = cluster.map(\.lowerBound).min() ?? 0
            let upper = cluster.map(\.upperBound).max() ?? 0
            return upper - lower < limit ? [lower...upper] : cluster
        }
    }

    private func allowed(_ run: ArraySlice<ClosedRange<Int>>) -> ClosedRange<Int>? {
        let lower = run.map(\.lowerBound).min() ?? 0
        let upper = run.map(\.upperBound).max() ?? 0
        guard upper - lower < limit else { return nil }
        if run.count == 1 { return lower...upper }
        guard c.merging, Set((lower...upper).map(island)).count == 1 else { return nil }
        for a in lower...upper where !covered.contains(a) && !mayBridge(a) { return nil }
        for border in c.borders[table] ?? [] where lower < border && border <= upper {
            // A border inside one unit parts nothing.
            let inside = run.contains { $0.lowerBound < border && border <= $0.upperBound }
            if !inside { return nil }
        }
        return lower...upper
    }

    mutating func solve() {
        if c.merging {
            units = joined()
        } else {
            units = Array(Set(units))
            units = units.filter { a in
                !units.contains { $0 != a && $0.contains(a.lowerBound) && $0.contains(a.upperBound) }
            }
        }
        units.sort { ($0.lowerBound, -$0.upperBound) < ($1.lowerBound, -$1.upperBound) }
        let n = units.count
        var span = [[ClosedRange<Int>?]](repeating: Array(repeating: nil, count: n + 1), count: n)
        for i in 0..<n { for j in i + 1..<n + 1 { span[i][j] = allowed(units[i..<j]) } }
        var best: (cost: Int64, requests: Int, registers: Int)?
        var bestCuts: [Int] = []
        var cuts: [Int] = []
        func extend(_ at: Int, _ cost: Int64, _ registers: Int) {
            if at == n {
                ways += 1
                let score = (cost, cuts.count, registers)
                // Cuts come in lexicographic order: an equal later one is not the earlier cut.
                if let best, !(score < best) { return }
                best = score
                bestCuts = cuts
                return
            }
            for j in at + 1..<n + 1 {
                guard let range = span[at][j] else { continue }
                cuts.append(j)
                extend(j, cost + costs[range.count], registers + range.count)
                cuts.removeLast()
            }
        }
        extend(0, 0, 0)
        time += best?.cost ?? 0
        var at = 0
        for cut in bestCuts {
            if let range = span[at][cut] { spans.append(range) }
            at = cut
        }
    }
}
