import LoadManagement

/// A box and its car as they really are, whatever the host believes. It knows nothing of the code under test.
struct SimulatedBox {
    var setup: BoxSetup
    /// Falls back until it is written again, or only until it hears anything.
    var resumesOnAnyFrame: Bool
    private(set) var isPlugged = false
    private(set) var pluggedAt: Moment = 0
    /// What the car takes by itself, in milliamperes, on its first phases.
    var want = 16_000
    var phases = 3

    /// The set-point register.
    private(set) var register: Int
    /// What the pilot shows, and what it showed, the newest last.
    private(set) var pilots: [(from: Moment, value: Int)]
    private var pilotDue: (at: Moment, value: Int)?
    private var lastHeard: Moment
    private var isFallenBack = false
    private var drawn = 0
    private var drawDue: (at: Moment, target: Int)?

    init(_ setup: BoxSetup, resumesOnAnyFrame: Bool, register: Int, now: Moment) {
        self.setup = setup
        self.resumesOnAnyFrame = resumesOnAnyFrame
        self.register = register
        pilots = [(now, register)]
        lastHeard = now
    }

    private var pilot: Int { pilots.last?.value ?? 0 }

    /// A frame arrives: a value to follow, or a question.
    mutating func hear(_ value: Int?, _ now: Moment, _ random: inout SeededGenerator) {
        lastHeard = now
        if let value { register = value }
        if value != nil || (isFallenBack && resumesOnAnyFrame) {
            isFallenBack = false
            show(register, now, &random)
        }
    }

    private mutating func show(_ value: Int, _ now: Moment, _ random: inout SeededGenerator) {
        let delay = setup.ability.pacing == 0 ? 0 : Int64.random(in: 0...setup.ability.pacing, using: &random)
        // What waits for its turn is replaced, but does not lose its turn.
        pilotDue = (min(pilotDue?.at ?? .max, now + delay), value)
    }

    /// A car comes or goes.
    mutating func plug(_ isPlugged: Bool, _ now: Moment) {
        self.isPlugged = isPlugged
        pluggedAt = now
        drawn = 0
    }

    mutating func advance(to now: Moment, _ random: inout SeededGenerator) {
        if let watchdog = setup.ability.watchdog, !isFallenBack, now - lastHeard >= watchdog.timeout {
            isFallenBack = true
            pilotDue = (now, watchdog.fallback)
        }
        if let (at, value) = pilotDue, at <= now {
            pilotDue = nil
            pilots.append((at, value))
        }
        while pilots.count > 1, pilots[1].from < now - setup.ability.carTime { pilots.removeFirst() }
        let target = isPlugged ? min(want, pilot) : 0
        if target != drawDue?.target {
            let slowest = target < drawn ? setup.ability.carTime - seconds(0.3) : seconds(3)
            drawDue = (now + Int64.random(in: 0...slowest, using: &random), target)
        }
        if let (at, target) = drawDue, at <= now { drawn = target }
    }

    /// What the car draws at the terminals now.
    var atTerminals: PhaseCurrents { PhaseCurrents(drawn, on: PhaseSet(first: phases)) }

    /// The most that the car may draw on each phase of the supply now: a car may still follow what the pilot has shown it
    /// within its time. The rotation of a box that nobody knows is in truth 231.
    func most(at now: Moment) -> PhaseCurrents {
        guard isPlugged else { return .zero }
        let shown =
            pilots.enumerated().filter { place, pilot in
                place == pilots.count - 1 || pilots[place + 1].from > max(now - setup.ability.carTime, pluggedAt)
            }.map(\.element.value).max() ?? 0
        return onSupply(PhaseCurrents(min(want, shown), on: PhaseSet(first: phases)))
    }

    func onSupply(_ terminals: PhaseCurrents) -> PhaseCurrents {
        (setup.rotation == .unknown ? .r231 : setup.rotation).largestOnSupply(terminals)
    }
}
