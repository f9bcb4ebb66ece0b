/// How long it can take until a circuit is below its limit again after the house has jumped. All times in nanoseconds.
public struct ReactionChain: Hashable, Codable, Sendable {
    /// The name of the circuit.
    public var node: String
    /// The name of the box that is slowest to follow; nil if no box is below.
    public var slowestBox: String?
    /// How old the meter's reading may be.
    public var meterAge: Span
    /// How long a reading may be doubted because a car changes its draw at the same time; nothing where no box has a meter.
    public var doubt: Span
    /// One tick of load management.
    public var tick: Span
    /// The longest round of the box's bus with one timeout in it.
    public var busRound: Span
    /// How long a command may wait behind others.
    public var writeQueue: Span
    /// How long the box may take to pass it on.
    public var pacing: Span
    /// How long the car may take to follow.
    public var car: Span

    /// The whole chain.
    public var total: Span { meterAge + doubt + tick + busRound + writeQueue + pacing + car }
}

extension LimitCheck {
    /// The chain of every circuit that has a meter, in the order of the tree.
    public static func chains(_ limits: SiteLimits, _ times: ReactionTimes) -> [ReactionChain] {
        allChains(limits, times).filter { limits.isMetered($0.node) }
    }

    /// The chain of every circuit, in the order of the tree. One without a meter has no house that jumps: its chain is how
    /// long it takes until a lower limit holds.
    public static func allChains(_ limits: SiteLimits, _ times: ReactionTimes) -> [ReactionChain] {
        let tree = limits.tree
        return tree.nodes.indices.map { node in
            let id = tree.nodes[node].id
            let below = limits.boxes.filter { box in
                tree.index(of: box.node).map { tree.path(from: $0).contains(node) } ?? false
            }
            let isMetered = limits.isMetered(id)
            let age = isMetered ? min(times.meterAge[id] ?? BaseLoad.stale, BaseLoad.stale) : 0
            let doubt = isMetered && below.contains { $0.ability.hasMeter } ? BaseLoad.doubt : 0
            let chains = below.map { box in
                ReactionChain(
                    node: id, slowestBox: box.id, meterAge: age, doubt: doubt,
                    tick: times.tick, busRound: times.busRound[box.id] ?? 0, writeQueue: times.writeQueue[box.id] ?? 0,
                    pacing: box.ability.pacing, car: box.ability.carTime)
            }
            return chains.max { ($0.total, $1.slowestBox ?? "") < ($1.total, $0.slowestBox ?? "") }
                ?? ReactionChain(
                    node: id, slowestBox: nil, meterAge: age, doubt: doubt,
                    tick: times.tick, busRound: 0, writeQueue: 0, pacing: 0, car: 0)
        }
    }
}

extension SiteLimits {
    /// Whether a circuit has a meter.
    public func isMetered(_ node: String) -> Bool {
        if case .metered = loads[node] { true } else { false }
    }
}
