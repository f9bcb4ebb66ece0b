/// What a box can do and how fast it does it, as its profile and the installer say. Currents are milliamperes.
public struct BoxAbility: Hashable, Codable, Sendable {
    /// The smallest value it takes other than a stop.
    public var minimum: Int
    /// The largest value it may be told.
    public var maximum: Int
    /// By how much its value changes at least.
    public var step: Int
    /// The most it draws on a phase if nothing limits it.
    public var rated: Int
    /// The terminals that are wired.
    public var terminals: PhaseSet
    /// What it does by itself when it hears nothing more; nil if it goes on for ever.
    public var watchdog: Watchdog?
    /// How long it may take before it passes a new value on to the car; at most 5 s (IEC 61851-1 lets the duty cycle
    /// change every 5 s).
    public var pacing: Span
    /// How long a car takes to follow: 5 s (IEC 61851-1 Table A.6), or what was measured.
    public var carTime: Span
    /// How long a frame may wait in a gateway or proxy before it reaches the box: 10 s behind one, else nothing.
    public var queueTime: Span
    /// Whether it can be stopped; if not, it is always booked at its minimum.
    public var isStoppable: Bool
    /// Whether it measures its own currents.
    public var hasMeter: Bool
    /// After how long without an answer it counts as silent.
    public var silentAfter: Span
    /// Whether it can wake a car that sleeps, as by interrupting the pilot.
    public var canWake: Bool
    /// How the host may switch it between one phase and all that are wired; nil if it may not.
    public var switching: PhaseSwitching?

    /// What a box falls back to.
    public struct Watchdog: Hashable, Codable, Sendable {
        /// How long the box waits after the last frame it heard.
        public var timeout: Span
        /// How much longer it is waited for.
        public var margin: Span
        /// What it charges with from then on, in milliamperes; 0 if it stops.
        public var fallback: Int

        /// Makes a watchdog of `timeout`, by default with 7 s of margin.
        public init(timeout: Span, margin: Span = 7_000_000_000, fallback: Int) {
            self.timeout = timeout
            self.margin = margin
            self.fallback = fallback
        }
    }

    /// Makes an ability; what is left out is the cautious value.
    public init(
        minimum: Int = 6000, maximum: Int, step: Int = 100, rated: Int? = nil, terminals: PhaseSet = .all,
        watchdog: Watchdog? = nil, pacing: Span = 5_000_000_000, carTime: Span = 5_000_000_000, queueTime: Span = 0,
        isStoppable: Bool = true, hasMeter: Bool = false, silentAfter: Span = 10_000_000_000,
        canWake: Bool = false, switching: PhaseSwitching? = nil
    ) {
        self.minimum = minimum
        self.maximum = maximum
        self.step = max(1, step)
        self.rated = rated ?? maximum
        self.terminals = terminals
        self.watchdog = watchdog
        self.pacing = pacing
        self.carTime = carTime
        self.queueTime = queueTime
        self.isStoppable = isStoppable
        self.hasMeter = hasMeter
        self.silentAfter = silentAfter
        self.canWake = canWake
        self.switching = switching
    }
}
