import DriverAPI

/// The electricity of one box: what is offered, what the car draws, what was counted.
///
/// It sleeps until something happens, so that a fixture reads as it was recorded.
struct WallboxModel: Sendable {
    /// The nominal voltage of one phase in V.
    static let voltage = 230
    /// mA × V × ns in one Wh.
    private static let perWattHour: Int128 = 3_600_000_000_000_000

    /// The car at the box; nil when none is plugged in.
    private(set) var car: SimulatedCar?
    /// The current signalled to the car in mA; 0: none.
    private(set) var offered: Int
    /// The phases the box switches through.
    private(set) var boxPhases: Int
    /// The current per phase on its way.
    private var ramp: Ramp
    /// Counted until ``counted``, in mA × V × ns.
    private var work: Int128 = 0
    private var sessionWork: Int128 = 0
    private var counted: MonotonicTime
    /// The counters before.
    private let energyBefore: Exact
    private var sessionBefore: Exact
    private var pluggedAt: MonotonicTime
    private var sessionTimeBefore: Exact

    /// What a device's registers showed when the model took over.
    struct Beginning {
        var car: SimulatedCar?
        /// Drawn at that moment, in mA per phase.
        var current = 0
        var offered = 0
        var boxPhases = 3
        var energy = Exact.zero
        var session = Exact.zero
        var sessionTime = Exact.zero
    }

    /// Takes over at `time`.
    init(_ beginning: Beginning, at time: MonotonicTime) {
        car = beginning.car
        offered = beginning.offered
        boxPhases = beginning.boxPhases
        ramp = Ramp(steady: beginning.current, at: time)
        energyBefore = beginning.energy
        sessionBefore = beginning.session
        sessionTimeBefore = beginning.sessionTime
        counted = time
        pluggedAt = time
    }

    // MARK: What happens

    /// Counts what was drawn until `time`, and lets a car stop that has what it wanted.
    mutating func advance(to time: MonotonicTime) {
        guard time > counted else { return }
        let drawn = ramp.charge(from: counted, to: time) * Int128(WallboxModel.voltage * phases)
        work += drawn
        sessionWork += drawn
        counted = time
        if let wanted = car?.wanted, car?.wantsEnergy == true, sessionEnergy >= wanted {
            car?.wantsEnergy = false
            follow(at: time)
        }
    }

    /// The box signals another current, or switches its phases.
    mutating func offer(_ current: Int, phases: Int, at time: MonotonicTime) {
        advance(to: time)
        if phases != boxPhases {
            boxPhases = phases
            ramp = Ramp(steady: 0, at: time)
        }
        offered = current
        follow(at: time)
    }

    /// A car comes, goes or changes its mind.
    mutating func connect(_ car: SimulatedCar?, at time: MonotonicTime) {
        advance(to: time)
        if self.car == nil, car != nil {
            (sessionWork, sessionBefore, sessionTimeBefore, pluggedAt) = (0, 0, 0, time)
        }
        self.car = car
        if car == nil { ramp = Ramp(steady: 0, at: time) }
        follow(at: time)
    }

    private mutating func follow(at time: MonotonicTime) {
        guard let car else { return }
        let target = car.target(offered: offered)
        if target == ramp.to { return }
        ramp = Ramp(from: ramp.current(at: time), to: target, start: time, duration: car.response)
    }

    // MARK: What is to be seen

    /// The phases that carry current, from the box's own L1 on.
    var phases: Int { min(boxPhases, car?.phases ?? boxPhases) }
    /// When the current has arrived where it goes.
    var settled: MonotonicTime { ramp.end }
    /// Whether a car charges, or is about to.
    var isCharging: Bool { ramp.to > 0 || ramp.current(at: counted) > 0 }

    /// The current of the box's own phase 1, 2 or 3 in mA.
    func current(phase: Int) -> Int { phase <= phases ? ramp.current(at: counted) : 0 }

    /// The power of a phase in W.
    func power(phase: Int) -> Exact { Exact(Int128(current(phase: phase) * WallboxModel.voltage), over: 1000) ?? 0 }

    /// The counter of the box in Wh.
    var energy: Exact { sum(energyBefore, work) }
    /// The counter of the session in Wh.
    var sessionEnergy: Exact { sum(sessionBefore, sessionWork) }
    /// How long a car is plugged in, in whole seconds.
    var sessionTime: Exact {
        guard car != nil else { return sessionTimeBefore }
        return sessionTimeBefore.adding(Exact(Int(pluggedAt.duration(to: counted).components.seconds))) ?? 0
    }

    private func sum(_ before: Exact, _ work: Int128) -> Exact {
        Exact(work, over: WallboxModel.perWattHour).flatMap { before.adding($0) } ?? before
    }
}
