import ReadPlanning

/// A device that lacks some of its map.
struct FakeMap {
    /// Addresses that do not exist.
    var missing: Set<Int> = []
    /// The longest read it takes.
    var longest = 125
    /// Whether it closes the connection instead of sending an exception.
    var closes = false
    /// Addresses a read must begin with, if it covers them.
    var seams: Set<Int> = []

    func answers(_ request: ReadRequest) -> Bool {
        request.count <= longest && missing.isDisjoint(with: request.range)
            && seams.isDisjoint(with: request.range.dropFirst())
    }
}

/// Rounds of one second: plan, read, try, learn.
struct LearningBench {
    var map: FakeMap
    var learning: PlanLearning
    var conclusions: [LearningConclusion] = []
    var refusals = 0
    var bridgedReads = 0
    /// Points that were read in the last round.
    var lastRound: Set<[String]> = []
    var lastRequests: [String] = []
    private var now = Duration.zero

    init(_ map: FakeMap, _ constraints: PlanConstraints = .init()) {
        self.map = map
        learning = PlanLearning(profile: constraints)
    }

    static func plan(_ items: [PlanItem], _ learning: PlanLearning) -> ReadPlan {
        ReadPlanner(constraints: learning.constraints, line: .serial(9600, .none), latency: .milliseconds(30))
            .plan(learning.plannable(items)).plan
    }

    /// Runs until five rounds in a row went without a refusal and nothing is being found out; false: never.
    mutating func settles(_ items: [PlanItem], within rounds: Int) -> Bool {
        var quiet = 0
        for _ in 0..<rounds where quiet < 5 {
            let before = refusals
            run(items, rounds: 1)
            quiet = refusals == before && !learning.isExperimenting ? quiet + 1 : 0
        }
        return quiet == 5
    }

    mutating func run(_ items: [PlanItem], rounds: Int) {
        for _ in 0..<rounds {
            let planned = Self.plan(items, learning).entries
            lastRound = []
            lastRequests = planned.map(\.description)
            for entry in learning.tries(at: now) + planned {
                bridgedReads += entry.isBridged ? 1 : 0
                let answered = map.answers(entry.request)
                refusals += answered ? 0 : 1
                if answered { lastRound.formUnion(entry.items.map(\.points)) }
                let outcome: ReadOutcome = answered ? .answered : map.closes ? .closed : .exception(2)
                conclusions += learning.record(outcome, of: entry, at: now)
            }
            now += .seconds(1)
        }
    }
}
