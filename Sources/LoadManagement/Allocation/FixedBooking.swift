/// What a box may draw that cannot be told anything now: a silent one, or one that is leaving.
public struct FixedBooking: Hashable, Codable, Sendable {
    /// The circuit the box hangs on, as an index of the tree.
    public var node: Int
    /// The most it may draw on each supply phase, in milliamperes.
    public var current: PhaseCurrents
    /// What counts in watt budgets: the sum over the phases its car uses, in milliamperes. Less than the sum of
    /// `current` when the rotation is unknown.
    public var total: Int
    /// Whether it is known on which supply phases the current flows.
    public var splitIsKnown: Bool
    /// The name of the box, by which budgets that count only some boxes know it; one without a name counts in all.
    public var box: String?

    /// Makes a booking of `current` on the circuit `node`, `total` milliamperes over all phases.
    public init(node: Int, current: PhaseCurrents, total: Int, splitIsKnown: Bool) {
        self.node = node
        self.current = current
        self.total = total
        self.splitIsKnown = splitIsKnown
    }

    /// Makes a booking of `current` milliamperes at each of the box's `terminals`.
    public init(node: Int, current: Int, terminals: PhaseSet = .all, rotation: Rotation = .r123) {
        self.init(
            node: node, current: PhaseCurrents(current, on: rotation.supply(of: terminals)),
            total: current * terminals.count, splitIsKnown: rotation != .unknown || terminals == .all)
    }

    /// A booking of `current` milliamperes at the terminals of the box named `id`, on the circuit `node`.
    init(_ id: String, _ rotation: Rotation, _ current: PhaseCurrents, node: Int) {
        self.init(
            node: node, current: rotation.largestOnSupply(current), total: current.sum,
            splitIsKnown: rotation != .unknown || current.spread == 0)
        box = id
    }
}
