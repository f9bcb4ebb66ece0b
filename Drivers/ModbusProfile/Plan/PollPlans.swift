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
    }

    /// What the device allows, what was learned included.
    var constraints: PlanConstraints { didSet { rounds.removeAll() } }
    /// What the line costs.
    let line: LineTiming
    /// The measured turnaround that plans are made with.
    var latency: Duration { didSet { rounds.removeAll() } }

    private var rounds: [DueItems: Round] = [:]
    /// Rounds kept at most; phases of the classes repeat, so more are a sign of drift.
    private static let limit = 256

    /// No plan yet.
    init(constraints: PlanConstraints, line: LineTiming, latency: Duration) {
        self.constraints = constraints
        self.line = line
        self.latency = latency
    }

    /// The requests for what is due on `board` at `now`.
    mutating func round(_ items: DueItems, board: PointBoard, at now: MonotonicTime) -> Round {
        if let known = rounds[items] { return known }
        let planner = ReadPlanner(constraints: constraints, line: line, latency: latency)
        var due: [PlanItem] = []
        var passengers: [Passenger] = []
        for (position, item) in board.items.enumerated() {
            if DueItems.contains(position, in: items.due) {
                due.append(item.planItem)
            } else if DueItems.contains(position, in: items.nearly) {
                passengers.append(Passenger(item.planItem, dueIn: .zero, period: .seconds(1)))
            }
        }
        let planned = planner.plan(due, passengers: passengers)
        let round = Round(
            reads: planned.plan.entries.map { PlannedRead($0, board: board, constraints: constraints) },
            problems: planned.problems)
        if rounds.count >= PollPlans.limit { rounds.removeAll() }
        rounds[items] = round
        return round
    }

    /// The requests that read these points and no others, for reading on demand.
    func reads(of points: [Int], board: PointBoard) -> Round {
        let wanted = Set(points.compactMap { board.itemOfPoint[$0] })
        let planner = ReadPlanner(constraints: constraints, line: line, latency: latency)
        let (plan, problems) = planner.plan(wanted.sorted().map { board.items[$0].planItem })
        return Round(
            reads: plan.entries.map { PlannedRead($0, board: board, constraints: constraints) }, problems: problems)
    }

    /// Forgets all plans, as when the board was made anew.
    mutating func forget() { rounds.removeAll() }
}
