import DeviceProfiles
import DriverAPI
import ReadPlanning

/// The plans of a device's rounds: made once for each set of due points and kept until the ground for them changes.
struct PollPlans {
    /// The requests of one round.
    struct Round {
        /// In the order unit, function, address.
        var reads: [PlannedRead]
        /// Points that no request can read, and why.
        var problems: [PlanProblem]
        /// Due points that are left out while it is found out what the device refused.
        var suspended: [Int]
        /// How long the requests take at most that may go out in one go; beyond, a command should not have to wait.
        static let quick = Duration.milliseconds(50)
        /// Whether all requests together are so quick that nothing has to be let in between.
        var isQuick: Bool
    }

    /// What the device allows, and what is being found out about that.
    private(set) var learning: PlanLearning
    /// What the line costs.
    let line: LineTiming
    /// The measured turnaround that plans are made with.
    var latency: Duration { didSet { rounds.removeAll() } }

    private var rounds: [DueItems: Round] = [:]
    /// Rounds kept at most; phases of the classes repeat, so more are a sign of drift.
    private static let limit = 256

    /// No plan yet.
    init(constraints: PlanConstraints, line: LineTiming, latency: Duration) {
        learning = PlanLearning(profile: constraints)
        self.line = line
        self.latency = latency
    }

    private var planner: ReadPlanner { ReadPlanner(constraints: learning.constraints, line: line, latency: latency) }

    /// The requests for what is due on `board`.
    mutating func round(_ items: DueItems, board: PointBoard) -> Round {
        if let known = rounds[items] { return known }
        var due: [Int] = []
        var passengers: [Passenger] = []
        for (position, item) in board.items.enumerated() {
            if DueItems.contains(position, in: items.due) {
                due.append(position)
            } else if DueItems.contains(position, in: items.nearly), isPlannable(item) {
                passengers.append(Passenger(item.planItem, dueIn: .zero, period: .seconds(1)))
            }
        }
        let plannable = due.filter { isPlannable(board.items[$0]) }
        let planned = planner.plan(plannable.map { board.items[$0].planItem }, passengers: passengers)
        let suspended = Set(due).subtracting(plannable).flatMap { board.items[$0].points }
        let round = Round(
            reads: planned.plan.entries.map { PlannedRead($0, board: board) }, problems: planned.problems,
            suspended: suspended, isQuick: planned.plan.entries.count > 1 && planned.plan.time <= Round.quick)
        if rounds.count >= PollPlans.limit { rounds.removeAll() }
        rounds[items] = round
        return round
    }

    /// Whether the requests for these items need not be planned any more.
    func knows(_ items: DueItems) -> Bool { rounds[items] != nil }

    private func isPlannable(_ item: BoardItem) -> Bool { !learning.plannable([item.planItem]).isEmpty }

    /// Forgets all plans, as when the board was made anew.
    mutating func forget() { rounds.removeAll() }

    // MARK: Learning

    /// Goes on with what is known of a device; which points it does not have is found out anew.
    mutating func learn(under constraints: PlanConstraints, from known: LearnedMap) {
        learning = PlanLearning(profile: constraints, learned: known)
        learning.forgetAbsent()
        rounds.removeAll()
    }

    /// Forgets which points the device does not have.
    mutating func forgetAbsent() {
        learning.forgetAbsent()
        rounds.removeAll()
    }

    /// What is to be read at `now` to find out what the device refused.
    mutating func tries(at now: MonotonicTime, board: PointBoard) -> [PlannedRead] {
        guard learning.isExperimenting else { return [] }
        return learning.tries(at: .nanoseconds(now.nanoseconds)).map { PlannedRead($0, board: board) }
    }

    /// Takes the outcome of a read.
    mutating func record(
        _ outcome: ReadOutcome, of read: PlannedRead, at now: MonotonicTime
    ) -> [LearningConclusion] {
        if outcome == .answered, !learning.isExperimenting { return [] }
        let wasExperimenting = learning.isExperimenting
        let conclusions = learning.record(outcome, of: read.entry, at: .nanoseconds(now.nanoseconds))
        if wasExperimenting || learning.isExperimenting || !conclusions.isEmpty { rounds.removeAll() }
        return conclusions
    }
}
