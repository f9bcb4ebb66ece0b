/// Finds out what in a refused request the device does not have, and keeps plans away from it.
///
/// A refused request is repeated once; refused again it is cut in halves between its items, and so on, at most log₂ of
/// its items cuts a minute. An item refused alone is absent. If both halves are answered, the gap between them becomes
/// a barrier, provided the two items beside it are refused together too; otherwise the request was too long.
/// While that goes on, the items not yet cleared are left out of plans and nothing is read across them.
/// Where the profile forbids bridging, no request covers anything but points, and a closed connection tells nothing.
///
/// Pure: times are counted by the caller from any fixed moment.
public struct PlanLearning: Hashable, Sendable {
    /// What was learned so far; this is what is stored.
    public private(set) var learned: LearnedMap
    /// The constraints to plan with: the profile's, what was learned, and what is being found out.
    public private(set) var constraints: PlanConstraints

    private let profile: PlanConstraints
    private var experiments: [Experiment] = []

    /// Goes on from what is known about this device under the profile's constraints.
    public init(profile: PlanConstraints, learned: LearnedMap = .init()) {
        self.profile = profile
        self.learned = learned
        constraints = learned.applied(to: profile)
    }

    /// Whether something is being found out.
    public var isExperimenting: Bool { !experiments.isEmpty }

    /// The items to plan: all but those that are absent or under suspicion.
    public func plannable(_ items: [PlanItem]) -> [PlanItem] {
        items.filter { item in !learned.isAbsent(item) && !experiments.contains { $0.suspects(item) } }
    }

    /// The requests to try in the round at `now`, beside the plan; each until its outcome is recorded.
    public mutating func tries(at now: Duration) -> [ReadPlan.Entry] {
        experiments.indices.flatMap { experiments[$0].tries(at: now) }
    }

    /// Takes the outcome of a planned request or a try.
    ///
    /// When it returns a conclusion or `isExperimenting` changes, `constraints` and `plannable` change: plan again.
    @discardableResult
    public mutating func record(
        _ outcome: ReadOutcome, of entry: ReadPlan.Entry, at now: Duration
    ) -> [LearningConclusion] {
        let outcome = outcome == .closed && !profile.bridging ? .inconclusive : outcome
        if let index = experiments.firstIndex(where: { $0.isTrying(entry) }) {
            let conclusions = experiments[index].record(outcome, of: entry, at: now)
            conclusions.forEach { keep($0) }
            if experiments[index].isOver { experiments.remove(at: index) }
            narrow()
            return conclusions
        }
        guard outcome == .refused || (outcome == .closed && entry.isBridged) else { return [] }
        guard !entry.items.isEmpty, !entry.items.contains(where: { item in experiments.contains { $0.suspects(item) } })
        else { return [] }
        experiments.append(Experiment(entry, byClosing: outcome == .closed))
        narrow()
        return []
    }

    /// Forgets which points are absent, as after a reconnect.
    public mutating func forgetAbsent() {
        learned.forgetAbsent()
        narrow()
    }

    private mutating func keep(_ conclusion: LearningConclusion) {
        switch conclusion {
        case .absent(let item): learned.absent.append(.init(item))
        case .barrier(let span): learned.barriers.append(span)
        case .border(let table, let address):
            learned.borders.append(.init(table: table, first: address, last: address))
        case .maxRead(let table, let count):
            learned.maxRead[table.rawValue] = min(learned.maxRead[table.rawValue] ?? count, count)
        case .transient: break
        }
    }

    private mutating func narrow() {
        constraints = learned.applied(to: profile)
        for experiment in experiments { experiment.narrow(&constraints) }
    }
}

extension ReadPlan.Entry {
    /// Whether it covers an address that none of its items asked for.
    public var isBridged: Bool {
        var at = request.range.lowerBound
        for range in items.map(\.range).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > at { return true }
            at = max(at, range.upperBound)
        }
        return at < request.range.upperBound
    }
}
