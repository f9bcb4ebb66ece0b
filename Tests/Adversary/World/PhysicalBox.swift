import LoadManagement
import TestTools

/// A box and its car as they really are, whatever the host believes. Times are milliseconds, currents milliamperes.
///
/// It knows nothing of the code under test.
struct PhysicalBox {
    let id: String
    let rotation: Rotation
    let traits: BoxTraits
    /// The index of the circuit it hangs on.
    var node: Int
    var car: Car?

    /// The set-point register.
    private(set) var register: Int
    private(set) var pilot: Int
    private var pilotDue: (at: Int, value: Int)?
    private var fedAt: Int
    /// The same of a box that does what it is told, and whether that would have fallen back.
    private var lawfulFedAt: Int
    private var lawfulHasFallenBack = false
    /// What the host told it last, whatever its register holds since.
    private var lawfulRegister: Int
    private(set) var hasFallenBack = false
    /// What its car draws at each of its phases.
    private(set) var drawn = 0
    private var drawDue: (at: Int, value: Int)?
    /// Does not carry out what it acknowledges until then.
    var ignoresUntil = 0
    /// Whether its register shows what it does not carry out.
    var showsWhatItIgnores = false
    /// Its car does not follow downwards until then.
    var carIgnoresUntil = 0
    /// Starts anew until then: hears nothing, says nothing, gives nothing.
    private(set) var bootsUntil = 0
    private(set) var isBooting = false
    /// What a box and a car that do what they are told may draw at most.
    private(set) var lawful: LawfulCurrent
    /// When something may change by itself.
    private(set) var next = 0

    init(_ id: String, _ rotation: Rotation, _ traits: BoxTraits, node: Int, register: Int, now: Int) {
        self.id = id
        self.rotation = rotation
        self.traits = traits
        self.node = node
        self.register = register
        pilot = register
        fedAt = now
        lawfulFedAt = now
        lawfulRegister = register
        lawful = LawfulCurrent(register, grace: traits.pacing + LawfulCurrent.carTime)
    }

    /// A frame arrives: a value to follow, or a question.
    mutating func hear(_ value: Int?, _ now: Int, _ random: inout SeededGenerator) {
        guard !isBooting else { return }
        if value != nil || !traits.isFedByWritesOnly {
            fedAt = now
            lawfulFedAt = now
        }
        if let value {
            lawfulHasFallenBack = false
            lawfulRegister = value
            lawful.tell(value, at: now)
            if now >= ignoresUntil || showsWhatItIgnores { register = value }
        }
        let wakes = value != nil || traits.resumesOnAnyFrame
        if hasFallenBack, wakes, now >= ignoresUntil {
            hasFallenBack = false
            if value == nil, lawfulHasFallenBack {
                lawfulHasFallenBack = false
                lawful.tell(lawfulRegister, at: now)
            }
            show(register, now, &random)
        } else if value != nil, now >= ignoresUntil {
            show(register, now, &random)
        }
        schedule(now)
    }

    /// Somebody else writes.
    mutating func overwrite(_ value: Int, _ now: Int, _ random: inout SeededGenerator) {
        guard !isBooting else { return }
        register = value
        hasFallenBack = false
        fedAt = now
        show(value, now, &random)
        schedule(now)
    }

    /// The power goes, and comes back at `until`.
    mutating func reboot(until: Int, _ now: Int) {
        isBooting = true
        bootsUntil = until
        pilotDue = nil
        pilot = 0
        drawDue = nil
        drawn = 0
        schedule(now)
    }

    private mutating func show(_ value: Int, _ now: Int, _ random: inout SeededGenerator) {
        let delay = traits.isSharp ? (value < pilot ? traits.pacing : 0) : random.draw(0...max(1, traits.pacing))
        // What waits for its turn is replaced, but does not lose its turn.
        pilotDue = (min(pilotDue?.at ?? .max, now + delay), value)
    }

    mutating func plug(_ car: Car?, _ now: Int) {
        self.car = car
        drawn = 0
        drawDue = nil
        schedule(now)
    }

    /// The time goes on to `now`. Answers whether what it draws, or may draw, is another.
    mutating func advance(to now: Int, _ random: inout SeededGenerator) -> Bool {
        let before = drawn
        var wasLawful = lawful.prune(at: now)
        if let watchdog = traits.watchdog, !lawfulHasFallenBack, now - lawfulFedAt >= watchdog {
            lawfulHasFallenBack = true
            lawful.fallBack(to: traits.fallback, at: now)
            wasLawful = true
        }
        if isBooting, now >= bootsUntil {
            isBooting = false
            register = traits.powerOn
            pilot = traits.powerOn
            hasFallenBack = false
            fedAt = now
        }
        if !isBooting {
            if let watchdog = traits.watchdog, !hasFallenBack, now - fedAt >= watchdog {
                hasFallenBack = true
                if now >= ignoresUntil { pilotDue = (now, traits.fallback) }
            }
            if let due = pilotDue, due.at <= now {
                pilotDue = nil
                pilot = due.value
            }
            follow(now, &random)
        }
        schedule(now)
        return drawn != before || wasLawful
    }

    /// What the car takes of what the pilot shows.
    private mutating func follow(_ now: Int, _ random: inout SeededGenerator) {
        guard let car, now >= car.readyAt else {
            drawn = 0
            drawDue = nil
            return
        }
        let offered = pilot < 6000 ? 0 : pilot
        var target = min(car.want, offered)
        if target < drawn, now < carIgnoresUntil { target = drawn }
        if target == drawn {
            drawDue = nil
            return
        }
        if drawDue?.value != target {
            let isDown = target < drawn
            let delay = isDown ? random.draw(car.slowness) : (traits.isSharp ? 0 : random.draw(0...3000))
            // A pilot that is shown for less than that is still followed in its time from its first fall.
            let at = isDown ? min(drawDue.map { $0.value < drawn ? $0.at : .max } ?? .max, now + delay) : now + delay
            drawDue = (at, target)
        }
        if let due = drawDue, due.at <= now {
            drawn = due.value
            drawDue = nil
        }
    }

    mutating func schedule(_ now: Int) {
        var next = Int.max
        if let watchdog = traits.watchdog, !lawfulHasFallenBack { next = lawfulFedAt + watchdog }
        if isBooting {
            next = min(next, bootsUntil)
        } else {
            if let watchdog = traits.watchdog, !hasFallenBack { next = min(next, fedAt + watchdog) }
            if let pilotDue { next = min(next, pilotDue.at) }
            if let drawDue { next = min(next, drawDue.at) }
            if let car {
                if now < car.readyAt {
                    next = min(next, car.readyAt)
                } else if drawDue == nil, drawn != min(car.want, pilot < 6000 ? 0 : pilot) {
                    next = min(next, drawn > 0 && now < carIgnoresUntil ? carIgnoresUntil : now)
                }
            }
        }
        self.next = min(next, lawful.next)
    }

    /// What the car draws at the terminals.
    var atTerminals: PhaseCurrents { car.map { PhaseCurrents(drawn, on: $0.phases) } ?? .zero }

    /// What it draws on the supply.
    var onSupply: PhaseCurrents { rotation.largestOnSupply(atTerminals) }

    /// By how much it draws more than it may.
    var unlawful: Int { max(0, drawn - lawful.most) }

    /// Whether that is no more than boxes and cars are allowed to be inexact by: 0.5 A and 10 %.
    var isWithinTolerance: Bool { unlawful <= 500 + lawful.most / 10 }

    /// What the box says about its car.
    var state: CarState { car == nil ? .a : (drawn > 0 ? .c : .b) }
}
