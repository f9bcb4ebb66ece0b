/// The items of one unit and table, checked and made into units that are never cut.
struct PlanUnits {
    /// Units sorted by address.
    private(set) var units: [PlanUnit] = []
    /// Islands that are read exactly, with the items in each.
    private(set) var whole: [(island: ClosedRange<Int>, items: [PlanItem])] = []
    /// What can not be read.
    private(set) var problems: [PlanProblem] = []

    private let rules: TableRules

    init(_ items: [PlanItem], rules: TableRules) {
        self.rules = rules
        var atomic: [String: [PlanItem]] = [:]
        var names: [String] = []
        for item in items {
            guard let name = item.atomic else {
                add(item)
                continue
            }
            if atomic[name] == nil { names.append(name) }
            atomic[name, default: []].append(item)
        }
        var groups: [(name: String, unit: PlanUnit)] = []
        for name in names {
            if let unit = checked(atomic[name] ?? [], name) { groups.append((name, unit)) }
        }
        addBridgeable(groups)
        units.sortByAddress()
        whole.sort { $0.island.lowerBound < $1.island.lowerBound }
    }

    private mutating func add(_ item: PlanItem) {
        if let reason = refusal(of: item) {
            problems.append(item.problem(reason))
        } else if let island = rules.whole.first(where: { $0.contains(item.address) }) {
            add([item], to: island)
        } else if item.count <= rules.maxRead {
            units.append(PlanUnit([item]))
        } else if item.divisible {
            for at in stride(from: item.address, to: item.range.upperBound, by: rules.maxRead) {
                var piece = item
                piece.address = at
                piece.count = min(rules.maxRead, item.range.upperBound - at)
                units.append(PlanUnit([piece]))
            }
        } else {
            problems.append(item.problem(.tooWide(count: item.count, maxRead: rules.maxRead)))
        }
    }

    private mutating func add(_ items: [PlanItem], to island: ClosedRange<Int>) {
        if let index = whole.firstIndex(where: { $0.island == island }) {
            whole[index].items += items
        } else {
            whole.append((island, items))
        }
    }

    /// What forbids reading `item`, its own length apart.
    private func refusal(of item: PlanItem) -> PlanProblem.Reason? {
        guard (0...0xFFFF).contains(item.address), (1...0x10000 - item.address).contains(item.count) else {
            return .noSuchAddress(address: item.address, count: item.count)
        }
        let range = item.range
        if let reason = rules.refusal(of: range) { return reason }
        for island in rules.whole where island.overlaps(range.lowerBound...range.upperBound - 1) {
            guard island.lowerBound <= range.lowerBound, range.upperBound - 1 <= island.upperBound else {
                return .crossesWhole(island)
            }
            guard island.lowerBound >= 0, island.upperBound <= 0xFFFF else {
                return .noSuchAddress(address: island.lowerBound, count: island.count)
            }
            if island.count > rules.maxRead { return .tooWide(count: island.count, maxRead: rules.maxRead) }
            if let reason = rules.refusal(of: island.lowerBound..<island.upperBound + 1) { return reason }
        }
        return nil
    }

    /// The unit of an atomic group; nil: it went to a whole island, or it is a problem.
    private mutating func checked(_ items: [PlanItem], _ name: String) -> PlanUnit? {
        for item in items {
            if let reason = refusal(of: item) {
                fail(items, reason)
                return nil
            }
        }
        let unit = PlanUnit(items)
        let islands = items.map { item in rules.whole.first { $0.contains(item.address) } }
        if let island = islands.first ?? nil, islands.allSatisfy({ $0 == island }) {
            add(items, to: island)
        } else if islands.contains(where: { $0 != nil }) || rules.island(of: unit.range) == nil {
            fail(items, .atomicApart(name))
        } else if unit.count > rules.maxRead {
            fail(items, .tooWide(count: unit.count, maxRead: rules.maxRead))
        } else if let reason = rules.refusal(of: unit.range) {
            fail(items, reason)
        } else {
            return unit
        }
        return nil
    }

    /// Takes the groups whose inner gaps may be bridged or are asked for by others.
    ///
    /// A group left out may open a gap in another one, so this is repeated until nothing changes.
    private mutating func addBridgeable(_ groups: [(name: String, unit: PlanUnit)]) {
        var groups = groups
        while true {
            let covered = (units + groups.map(\.unit)).flatMap { $0.items.map(\.range) }
                .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
            let bad = groups.firstIndex { $0.unit.gaps(outside: covered).contains { !rules.mayBridge($0) } }
            guard let bad else { break }
            let (name, unit) = groups.remove(at: bad)
            let gap = unit.gaps(outside: covered).first { !rules.mayBridge($0) } ?? unit.range
            fail(unit.items, .atomicGap(name, gap.lowerBound...gap.upperBound - 1))
        }
        units += groups.map(\.unit)
    }

    private mutating func fail(_ items: [PlanItem], _ reason: PlanProblem.Reason) {
        guard let first = items.first else { return }
        problems.append(
            PlanProblem(points: items.flatMap(\.points), table: first.table, unit: first.unit, reason: reason))
    }
}
