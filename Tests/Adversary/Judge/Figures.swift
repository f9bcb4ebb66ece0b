/// What a run came to. Times are milliseconds, currents milliamperes.
public struct Figures: Sendable {
    /// How long was simulated.
    public var time = 0
    /// Sites that were simulated, and how many of them were to be without any excuse.
    public var sites = 0
    /// Sites where nothing happened that excuses that a limit is passed.
    public var strictSites = 0
    /// How often each kind of fault happened.
    public var faults: [FaultKind: Int] = [:]
    /// Orders given, and those among them that raise.
    public var orders = 0
    /// Orders that raise.
    public var raises = 0
    /// What boxes got, in ampere-hours over all phases, to see that something was shared out.
    public var charge = 0
    /// The most a limit was passed by.
    public var worstOverload = 0
    /// The largest load in thousandths of the limit.
    public var worstPermille = 0
    /// The longest time over a limit.
    public var worstDuration = 0
    /// The longest time over a limit while something could have been lowered.
    public var worstAvoidable = 0
    /// The sites at which a limit was passed without excuse, by their seeds, and what was seen there first.
    public var violations: [(seed: Int, text: String)] = []

    /// Starts with nothing.
    public init() {}

    /// The hours simulated.
    public var hours: Double { Double(time) / 3_600_000 }

    /// Adds another run.
    public mutating func add(_ other: Figures) {
        time += other.time
        sites += other.sites
        strictSites += other.strictSites
        faults.merge(other.faults, uniquingKeysWith: +)
        orders += other.orders
        raises += other.raises
        charge += other.charge
        worstOverload = max(worstOverload, other.worstOverload)
        worstPermille = max(worstPermille, other.worstPermille)
        worstDuration = max(worstDuration, other.worstDuration)
        worstAvoidable = max(worstAvoidable, other.worstAvoidable)
        violations += other.violations
    }
}
