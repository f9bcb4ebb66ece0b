/// What a driver knows of a box at a tick, as far as it bears on what the box may draw. Currents are milliamperes.
public struct BoxReport: Hashable, Sendable {
    /// When the last frame left that it may have heard.
    public var lastFrame: Moment?
    /// Whether it answers.
    public var isOnline: Bool
    /// How many connections there have been, the present one included.
    public var connections: Int
    /// When the newest of its readings came.
    public var heard: Moment?
    /// What it draws at its terminals, and when that was read.
    public var measured: (current: PhaseCurrents, at: Moment)? {
        get { measuredAt.map { (current, $0) } }
        set {
            measuredAt = newValue?.at
            current = newValue?.current ?? .zero
        }
    }
    /// The terminals that a box whose phases can be switched lets current through, and when that was read.
    public var phases: (terminals: PhaseSet, at: Moment)? {
        get { phasesAt.map { (terminals, $0) } }
        set {
            phasesAt = newValue?.at
            terminals = newValue?.terminals ?? []
        }
    }
    /// The value it holds, and when that was read.
    public var readBack: (value: Int, at: Moment)? {
        get { readBackAt.map { (held, $0) } }
        set {
            readBackAt = newValue?.at
            held = newValue?.value ?? 0
        }
    }
    /// Whether a car is plugged in; nil while that is not known.
    public var isPlugged: Bool?

    private var current = PhaseCurrents.zero
    private var measuredAt: Moment?
    private var terminals: PhaseSet = []
    private var phasesAt: Moment?
    private var held = 0
    private var readBackAt: Moment?

    /// Makes the report of a box that was not heard yet.
    public init(lastFrame: Moment? = nil, isOnline: Bool = false, connections: Int = 0) {
        self.lastFrame = lastFrame
        self.isOnline = isOnline
        self.connections = connections
    }
}
