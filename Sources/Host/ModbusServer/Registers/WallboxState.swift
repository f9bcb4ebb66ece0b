import LoadManagement

/// What a wallbox is and does at this moment, as its registers show it; currents in 0.1 A.
struct WallboxState: Hashable, Sendable {
    /// Its meter, or one attached to it.
    struct Meter: Hashable, Sendable {
        /// W; nil while unknown.
        var power: Int32?
        /// Wh; nil while unknown.
        var energy: UInt64?
        /// Per phase, 0.1 A; nil if it has no phases of its own.
        var currents: [Int32]?
    }

    /// Whether it answers; while it does not, its live registers are exception 4.
    var isOnline = false
    /// 8092: 0 to 5 for A to F, 9 for the DC sensor.
    var state: UInt16 = 5
    var meter: Meter?
    /// What cable carries; 0 while there is none.
    var cable: UInt16 = 0
    /// What it offers to the car.
    var offered: UInt16 = 0
    /// What it may be following at most, 0 when stopped; nil while nobody knows.
    var followed: UInt16?
    /// What it can carry.
    var rated: UInt16 = 630
    /// What it is after a time without this host; nil while unknown.
    var fallback: Fallback?
    /// The number of the last card; personal, and there only for the master.
    var cardID = ""
    var cardCount: UInt16 = 0
    /// Whether it can wake a car.
    var wakes = false
    /// Whether its phases can be switched by a master.
    var switchesPhases = false
    /// Whether it uses one phase only.
    var isOnePhase = false
    /// Whether it stands for the whole site, whose limit may be more than a box carries.
    var isSite = false

    /// What a box does when it does not hear this host.
    enum Fallback: Hashable, Sendable {
        /// It goes on as it was told, for ever.
        case never
        /// After so many seconds it limits itself to so much.
        case falls(seconds: UInt32, current: UInt16)
    }
}
