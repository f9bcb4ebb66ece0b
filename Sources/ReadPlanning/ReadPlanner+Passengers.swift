extension ReadPlanner {
    /// Plans the `due` items and takes passengers along where that keeps the line busy for a shorter time in all.
    ///
    /// A passenger comes aboard when it is due within half its period and when what it adds to this round is less than
    /// what its own later request would take. Where several passengers would later share a request, they are
    /// weighed together first, then one by one against what the shared request would still take without them.
    public func plan(_ due: [PlanItem], passengers: [Passenger]) -> PlannedRound {
        let present = Set(due)
        let candidates = Dictionary(
            grouping: passengers.filter { $0.isNearlyDue && !present.contains($0.item) }.map(\.item), by: Place.init)
        var aboard: [PlanItem] = []
        for (place, items) in candidates {
            let due = due.filter { Place($0) == place }
            if due.isEmpty { continue }
            var boarding = Boarding(due: due, planner: self, place: place)
            boarding.board(items)
            aboard += boarding.aboard
        }
        aboard.sort {
            ($0.unit ?? 0, $0.table.standardReadFunction, $0.address) < (
                $1.unit ?? 0, $1.table.standardReadFunction, $1.address
            )
        }
        let (plan, problems) = self.plan(due + aboard)
        return PlannedRound(plan: plan, problems: problems, passengers: aboard)
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
        let later = planner.plan(candidates, at: place).entries
        for entry in later where isNear(entry) {
            let own = planner.plan(entry.items, at: place).cost
            if !admit(entry.items, saving: own) { boardSingly(entry.items, own: own) }
        }
    }

    private mutating func boardSingly(_ items: [PlanItem], own: Int64) {
        var units = PlanUnits(items, rules: TableRules(planner.constraints, table: place.table)).units
            .joiningOverlaps(upTo: place.table.standardMaxRead)
        var own = own
        var index = 0
        while units.count > 1, index < units.count {
            let rest = units.indices.filter { $0 != index }.flatMap { units[$0].items }
            let without = planner.plan(rest, at: place).cost
            if admit(units[index].items, saving: own - without) {
                units.remove(at: index)
                own = without
            } else {
                index += 1
            }
        }
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
