extension ReadPlanner {
    /// Plans the `due` items and takes passengers along where that keeps the line busy for a shorter time in all.
    ///
    /// A passenger comes aboard when it is due within half its period and when what it adds to this round is less than
    /// what its own later request would take. Where passengers would later share a request, each is weighed against
    /// what that request would take without it, and those left over are weighed together. Text that takes several
    /// requests does not ride along.
    public func plan(_ due: [PlanItem], passengers: [Passenger]) -> PlannedRound {
        let present = Set(due)
        let candidates = Dictionary(
            grouping: passengers.filter { $0.isNearlyDue && !present.contains($0.item) && fitsOneRequest($0.item) }
                .map(\.item), by: Place.init)
        var aboard: [PlanItem] = []
        for place in candidates.keys.sorted(by: <) {
            let due = due.filter { Place($0) == place }
            if due.isEmpty { continue }
            var boarding = Boarding(due: due, planner: self, place: place)
            boarding.board(candidates[place] ?? [])
            aboard += boarding.aboard
        }
        let (plan, problems) = self.plan(due + aboard)
        return PlannedRound(plan: plan, problems: problems, passengers: aboard)
    }

    private func fitsOneRequest(_ item: PlanItem) -> Bool {
        item.count <= TableRules(constraints, table: item.table).maxRead
    }
}

/// Decides who rides along in the requests to one unit and table.
private struct Boarding {
    let due: [PlanItem]
    let planner: ReadPlanner
    let place: ReadPlanner.Place
    private(set) var aboard: [PlanItem] = []
    private var current: ReadPlanner.Part

    init(due: [PlanItem], planner: ReadPlanner, place: ReadPlanner.Place) {
        self.due = due
        self.planner = planner
        self.place = place
        current = planner.plan(due, at: place)
    }

    mutating func board(_ candidates: [PlanItem]) {
        for entry in planner.plan(candidates, at: place).entries where isNear(entry) { board(entry) }
    }

    /// Weighs those who would share the request of `entry` later.
    private mutating func board(_ entry: ReadPlan.Entry) {
        var units = PlanUnit.indivisible(entry.items)
        var own = planner.plan(entry.items, at: place).cost
        var index = 0
        while index < units.count {
            let rest = units.indices.filter { $0 != index }.flatMap { units[$0].items }
            let without = planner.plan(rest, at: place).cost
            if admit(units[index].items, saving: own - without) {
                units.remove(at: index)
                own = without
            } else {
                index += 1
            }
        }
        if units.count > 1 { _ = admit(units.flatMap(\.items), saving: own) }
    }

    /// Takes `items` aboard if they add less than `saving`, or nothing at all.
    private mutating func admit(_ items: [PlanItem], saving: Int64) -> Bool {
        let trial = planner.plan(due + aboard + items, at: place)
        let added = trial.cost - current.cost
        guard trial.problems.count == current.problems.count, added < saving || added <= 0 else { return false }
        aboard += items
        current = trial
        return true
    }

    /// Whether one request could cover some of `entry` and something of this round.
    private func isNear(_ entry: ReadPlan.Entry) -> Bool {
        let range = entry.request.range
        let reach = place.table.standardMaxRead
        return current.entries.contains {
            $0.request.range.lowerBound - range.upperBound < reach
                && range.lowerBound - $0.request.range.upperBound < reach
        }
    }
}
