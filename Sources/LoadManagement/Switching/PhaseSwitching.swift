/// How a box is switched between one phase and all that are wired. It always stands still meanwhile.
///
/// The order that switches it is a stop with other terminals than the order before; it is given when the stop before it is
/// confirmed and the car has had its time. The box starts with the same terminals.
public struct PhaseSwitching: Hashable, Codable, Sendable {
    /// The terminals that are left when it charges with one phase.
    public var single: PhaseSet
    /// How long it stands still at least, from its stop to its start.
    public var pause: Span
    /// How long it needs from the confirmed switch to its start.
    public var settle: Span

    /// Makes a way of switching: to L1, with a pause of 10 s.
    public init(single: PhaseSet = PhaseSet(first: 1), pause: Span = 10_000_000_000, settle: Span = 0) {
        self.single = single
        self.pause = pause
        self.settle = settle
    }
}
