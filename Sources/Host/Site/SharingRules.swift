import DriverAPI

/// How the host shares, as far as a site may choose.
public struct SharingRules: Hashable, Sendable {
    /// While somebody waits, the box that has charged longest yields after so long; nil for never.
    public var turn: Duration?
    /// After how long a car that draws less than offered is offered what it draws; nil for never.
    public var reclaimAfter: Duration?
    /// How much more than it draws it is offered then, in A.
    public var reclaimMargin: Exact
    /// How long there must be enough surplus before a box starts.
    public var surplusStart: Duration
    /// How long there must be too little before it stops.
    public var surplusStop: Duration
    /// How phases are switched; nil for never.
    public var switching: Switching?

    /// How phases are switched.
    public struct Switching: Hashable, Sendable {
        /// How long three phases must be possible before a box goes from one to three.
        public var up: Duration
        /// How long there must be too little for three before it goes back to one.
        public var down: Duration
        /// How far two switches lie apart at least.
        public var apart: Duration
        /// How often a box is switched for one car at most; nil for no such limit.
        public var perCar: Int?
        /// Whether a box goes on with one phase where the others lack current, also without any surplus.
        public var isForCrowding: Bool

        /// Makes the rule, by default 300 s, 180 s and 600 s.
        public init(
            up: Duration = .seconds(300), down: Duration = .seconds(180), apart: Duration = .seconds(600),
            perCar: Int? = nil, isForCrowding: Bool = false
        ) {
            self.up = up
            self.down = down
            self.apart = apart
            self.perCar = perCar
            self.isForCrowding = isForCrowding
        }
    }

    /// Makes the rules; what is left out is what a site file means that does not say it.
    public init(
        turn: Duration? = .seconds(900), reclaimAfter: Duration? = .seconds(60), reclaimMargin: Exact = 1,
        surplusStart: Duration = .seconds(60), surplusStop: Duration = .seconds(180),
        switching: Switching? = Switching()
    ) {
        self.turn = turn
        self.reclaimAfter = reclaimAfter
        self.reclaimMargin = reclaimMargin
        self.surplusStart = surplusStart
        self.surplusStop = surplusStop
        self.switching = switching
    }
}
