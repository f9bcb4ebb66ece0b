/// What load management remembers from one tick to the next, and over a restart.
public struct Memory: Hashable, Codable, Sendable {
    /// What every box may be following, by its name.
    public internal(set) var bookings = BoxTable<BoxBooking>()
    var raises = BoxTable<RaiseMemory>()
    var meters: [String: MeterMemory] = [:]
    var cars = BoxTable<CarMemory>()
    var turns = TurnClock()
    /// Names of boxes of which it is known that none is there twice.
    var uniqueIDs = UniqueIDs()
    /// Whether the snapshot names every box that is booked.
    var isSnapshotWhole = false
    /// When the wiring was looked at last.
    var wiringSeen: Moment?
    /// Boxes that may not be started whatever they want.
    var barred: Set<String> = []
    var surplus: [String: SurplusMemory] = [:]
    var phases: [String: PhaseMemory] = [:]
    var sight = SurplusSight()
    var overdrafts: [OverdraftMemory] = []

    /// Makes a memory that knows nothing.
    public init() {}

    /// Takes note of what happened between the host and a box; an event of a box that is not known is dropped.
    public mutating func apply(_ event: BookingEvent, to box: String) {
        bookings.change(box) { $0.apply(event) }
    }

    /// The host has started anew from this memory.
    public mutating func restart(at now: Moment) {
        for place in bookings.values.indices { bookings.values[place].apply(.restarted(at: now)) }
        raises = BoxTable()
        meters = [:]
        for place in cars.values.indices { cars.values[place].restart(at: now) }
        turns.restart()
        wiringSeen = nil
        surplus = [:]
        phases = [:]
        sight = SurplusSight()
    }

    /// Nothing is remembered of the meter of a circuit that is gone.
    mutating func forgetMeters(beside tree: CircuitTree) {
        guard meters.keys.contains(where: { tree.index(of: $0) == nil }) else { return }
        meters = meters.filter { tree.index(of: $0.key) != nil }
    }

    /// A person says that a removed box is gone for good: nothing is booked for it any more.
    public mutating func forget(_ box: String) {
        guard bookings[box]?.isLeaving ?? false else { return }
        bookings[box] = nil
    }
}

/// Why a raise waits.
struct RaiseMemory: Hashable, Codable, Sendable {
    /// Since when a small raise has been possible, and how far at least.
    var possibleSince: Moment?
    var leastTarget = 0
    var loweredAt: Moment?
    var raisedAt: Moment?
    /// What its last raise may still add to a meter's reading.
    var rise = 0
}

/// What is remembered of a circuit's meter.
struct MeterMemory: Hashable, Codable, Sendable {
    var words: UInt64
    var counter: Int64?
    var unmovedSince: Moment
    /// Whether its words have moved since it was read for the first time. Until then it may be frozen for any time.
    var hasMoved = false
    /// Since when current has flowed through it.
    var loadedSince: Moment?
    /// The bases of late for which every box was measured at or after the meter, and drew the same all the time.
    var sureBases: [TimedCurrents] = []
    /// The bases of late for which every box was measured at or after the meter.
    var provenBases: [TimedCurrents] = []
    /// What was booked below at every tick since its last sample, and at the one before that.
    var bookedBelow: [TimedCurrents] = []

    /// The meter cannot be trusted: what it proved is over.
    mutating func forgetBases() { (sureBases, provenBases) = ([], []) }

    /// Takes note of what is booked now; answers with the most that boxes may have drawn when the meter was read, or since.
    mutating func note(booked: PhaseCurrents, _ now: Moment, sampled: Moment) -> PhaseCurrents {
        while bookedBelow.count > 1, bookedBelow[1].at <= sampled { bookedBelow.removeFirst() }
        bookedBelow.append(TimedCurrents(at: now, currents: booked))
        return bookedBelow.reduce(booked) { $0.maximum($1.currents) }
    }
}
