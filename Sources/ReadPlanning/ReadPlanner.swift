/// Turns items into read requests so that the line is busy for the shortest time.
///
/// Per unit and table: what overlaps and what is atomic is joined, then a dynamic programme over the sorted units finds
/// the cheapest cuts. A request never leaves a readable island, never covers a forbidden address, never bridges a
/// learned barrier and never exceeds `max_read`. Equal cost: fewer requests, then fewer registers, then the earlier
/// cut.
public struct ReadPlanner: Hashable, Sendable {
    /// What the device allows.
    public var constraints: PlanConstraints
    /// What the line costs.
    public var line: LineTiming
    /// The time a request costs beside its bytes: the device's turnaround and the host's latency. Negative counts as 0.
    public var latency: Duration

    /// Makes a planner.
    public init(constraints: PlanConstraints = .init(), line: LineTiming, latency: Duration) {
        self.constraints = constraints
        self.line = line
        self.latency = latency
    }

    /// The requests that read all `items`, sorted by unit, function and address, and the items that can not be read.
    ///
    /// A divisible item longer than `max_read` appears in several entries, as pieces with the same points.
    public func plan(_ items: [PlanItem]) -> (plan: ReadPlan, problems: [PlanProblem]) {
        var problems: [PlanProblem] = []
        let scattered = scatteredGroups(items)
        var groups: [Place: [PlanItem]] = [:]
        for item in items {
            if let name = item.atomic, scattered.contains(name) {
                problems.append(item.problem(.atomicApart(name)))
            } else {
                groups[Place(item), default: []].append(item)
            }
        }
        var plan = ReadPlan()
        var time: Int64 = 0
        for place in groups.keys.sorted(by: <) {
            let part = self.plan(groups[place] ?? [], at: place)
            plan.entries += part.entries
            problems += part.problems
            time += part.cost
        }
        plan.entries.sort { $0.isBefore($1) }
        plan.time = .nanoseconds(time)
        return (plan, problems)
    }

    /// Atomic groups whose members lie in different units or tables.
    private func scatteredGroups(_ items: [PlanItem]) -> Set<String> {
        var places: [String: Place] = [:]
        var scattered: Set<String> = []
        for item in items {
            guard let name = item.atomic else { continue }
            if let known = places[name], known != Place(item) { scattered.insert(name) }
            places[name] = Place(item)
        }
        return scattered
    }
}

extension ReadPlanner {
    /// Where requests may be shared: one unit, one table.
    struct Place: Hashable {
        let unit: UInt8?
        let table: RegisterTable

        init(_ item: PlanItem) {
            unit = item.unit
            table = item.table
        }

        static func < (a: Place, b: Place) -> Bool {
            (a.unit.map(Int.init) ?? -1, a.table.standardReadFunction)
                < (b.unit.map(Int.init) ?? -1, b.table.standardReadFunction)
        }
    }

    /// The plan of one place.
    struct Part {
        var entries: [ReadPlan.Entry] = []
        var problems: [PlanProblem] = []
        var cost: Int64 = 0
    }

    /// Plans the items of one place.
    func plan(_ items: [PlanItem], at place: Place) -> Part {
        let rules = TableRules(constraints, table: place.table)
        let cost = RequestCost(of: place.table, line: line, latency: latency)
        let sorted = PlanUnits(items, rules: rules)
        var part = Part(problems: sorted.problems)
        func add(_ range: Range<Int>, _ items: [PlanItem]) {
            let request = ReadRequest(
                place.table, at: UInt16(range.lowerBound), count: UInt16(range.count), function: rules.function)
            part.entries.append(.init(unit: place.unit, request: request, items: items))
            part.cost += cost(range.count)
        }
        for (island, items) in sorted.whole { add(island.lowerBound..<island.upperBound + 1, items) }
        guard rules.merging else {
            for unit in sorted.units.absorbingContained() { add(unit.range, unit.items) }
            return part
        }
        let units = sorted.units.joiningOverlaps(upTo: rules.maxRead)
        for stretch in stretches(of: units, rules: rules) {
            for run in SpanPartition.runs(of: units[stretch], maxRead: rules.maxRead, cost: cost) {
                let end = units[run].reduce(0) { max($0, $1.end) }
                add(units[run.lowerBound].start..<end, units[run].flatMap(\.items))
            }
        }
        return part
    }

    /// Runs of units between which a request may go on.
    private func stretches(of units: [PlanUnit], rules: TableRules) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var first = 0
        var end = Int.min
        var island: Int?
        for (index, unit) in units.enumerated() {
            let here = rules.island(of: unit.range)
            if index > first, unit.start >= end,
                here != island || rules.hasBorder(from: end, to: unit.start) || !rules.mayBridge(end..<unit.start)
            {
                result.append(first..<index)
                first = index
            }
            island = here
            end = max(end, unit.end)
        }
        if first < units.count { result.append(first..<units.count) }
        return result
    }
}

extension ReadPlan.Entry {
    fileprivate func isBefore(_ other: ReadPlan.Entry) -> Bool { order < other.order }

    private var order: (Int, UInt8, UInt16, UInt16, UInt8) {
        (unit.map(Int.init) ?? -1, request.function, request.address, request.count, request.table.standardReadFunction)
    }
}

extension PlanItem {
    func problem(_ reason: PlanProblem.Reason) -> PlanProblem {
        PlanProblem(points: points, table: table, unit: unit, reason: reason)
    }
}
