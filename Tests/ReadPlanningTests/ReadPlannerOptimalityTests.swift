import Testing

@testable import ReadPlanning

@Suite struct ReadPlannerOptimalityTests {
    @Test func plansOf5000RandomPointSetsEqualBruteForce() {
        var ways = 0
        var unread = 0
        for seed in 0..<UInt64(5000) {
            let random = RandomCase(seed: seed)
            let reference = ReferencePlan(random)
            let (plan, problems) = random.planner.plan(random.items)
            ways += reference.ways > 1 ? 1 : 0
            unread += reference.unread.isEmpty ? 0 : 1
            #expect(plan.entries.map(\.description) == reference.requests, "seed \(seed): \(random)")
            #expect(plan.time == .nanoseconds(reference.time), "seed \(seed)")
            #expect(Set(problems.flatMap(\.points)) == reference.unread, "seed \(seed): \(random)")
        }
        #expect(ways > 2000)
        #expect(unread > 500)
    }

    @Test func everyPointIsInOneRequestThatCoversItOrIsAProblem() {
        for seed in 10_000..<UInt64(11_000) {
            let random = RandomCase(seed: seed)
            let (plan, problems) = random.planner.plan(random.items)
            let unread = Set(problems.flatMap(\.points))
            for item in random.items where !unread.contains(item.points[0]) {
                let parts = plan.entries.flatMap { entry in
                    entry.items.filter { $0.points == item.points }.map { (entry, $0) }
                }
                #expect(parts.reduce(0) { $0 + $1.1.count } == item.count, "seed \(seed)")
                #expect(parts.count == 1 || item.divisible, "seed \(seed)")
                for (entry, part) in parts {
                    #expect(entry.request.range.lowerBound <= part.range.lowerBound)
                    #expect(entry.request.range.upperBound >= part.range.upperBound)
                    #expect(entry.unit == item.unit && entry.request.table == item.table)
                }
            }
            #expect(unread.isDisjoint(with: plan.entries.flatMap { $0.items.flatMap(\.points) }), "seed \(seed)")
        }
    }

    /// Runs of the sorted points are enough: no other way to share requests is cheaper.
    @Test func noGroupingWhatsoeverIsCheaper() {
        for seed in 20_000..<UInt64(20_400) {
            var random = RandomCase(seed: seed, most: 6)
            random.items = random.items.map {
                PlanItem(points: $0.points, table: .holding, address: $0.address & 0x7FFF, count: min($0.count, 4))
            }
            random.constraints = PlanConstraints(maxRead: [.holding: 4 + Int(seed % 30)])
            let limit = 4 + Int(seed % 30)
            var best = Duration.seconds(1000)
            func assign(_ index: Int, _ groups: [Range<Int>]) {
                guard index < random.items.count else {
                    let time = groups.reduce(Duration.zero) {
                        $0 + random.line.time(reading: $1.count, of: .holding, latency: random.latency)
                    }
                    best = min(best, time)
                    return
                }
                let range = random.items[index].range
                assign(index + 1, groups + [range])
                for (g, group) in groups.enumerated() {
                    let joined = min(group.lowerBound, range.lowerBound)..<max(group.upperBound, range.upperBound)
                    if joined.count > limit { continue }
                    var groups = groups
                    groups[g] = joined
                    assign(index + 1, groups)
                }
            }
            assign(0, [])
            let apart = random.items.allSatisfy { a in
                random.items.allSatisfy { $0.points == a.points || !$0.range.overlaps(a.range) }
            }
            let time = random.planner.plan(random.items).plan.time
            #expect(apart ? time == best : time >= best, "seed \(seed)")
        }
    }
}
