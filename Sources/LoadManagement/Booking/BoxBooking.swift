/// What a box may draw at most, from all it was told and has been heard of: a value stays booked until the one that
/// replaces it is answered, read back equal, and the car has had its time.
public struct BoxBooking: Hashable, Codable, Sendable {
    /// Where the box is and what it can do.
    @Shared public var setup: BoxSetup
    /// The values it may be following, in the order they were told; the last order is what it is meant to follow.
    public internal(set) var told: [ToldValue]
    /// What it does other than told.
    public internal(set) var excess: Excess?
    /// Whether the device was removed or disabled: it is told to stop, and booked until that is confirmed.
    public var isLeaving = false
    /// The circuit it hangs on, as an index of the tree; nil if there is none of that name. Every tick sets it anew.
    var place: Int?
    /// What speaks against its rotation; then it counts on all phases.
    public internal(set) var doubt: WiringDoubt?
    /// What it measured last, if that cannot be, in milliamperes.
    var implausible: Int?

    var lastNumber = 0
    var lastFrame: Moment?
    var lastHeard: Moment?
    var isLost = false
    /// Whether it fell back and has not answered an order since: its register may still hold what it was told before, so that
    /// a question could wake that. A restarted host has to know.
    public internal(set) var mustBeTold = false
    /// The largest value its register may hold since it fell back, in milliamperes.
    var sleeping: Int?
    /// When it refused to be told less than it may be following, if that was a short while ago.
    var refusedAt: Moment?
    /// When it last read more than it was told by an order that it had answered, if that was a short while ago.
    var ignoredAt: Moment?
    /// Whether it has ever confirmed an order; before that nothing is known of its watchdog either.
    var hasObeyed = false
    var draw = DrawRecord()
    var learning = PhaseLearning()
    /// The terminals on which it said it lets current through; nil if it does not say. Whatever it was told is booked on
    /// them too, for a switch that was not made is no switch.
    var shown: PhaseSet?

    var ability: BoxAbility { setup.ability }

    /// A box nobody knows anything of: booked at its rated current until a value of ours is confirmed.
    public init(_ setup: BoxSetup) {
        self.setup = setup
        told = [ToldValue(value: setup.ability.rated, terminals: setup.ability.terminals, progress: .foreign(after: 0))]
    }
}

extension BoxBooking {
    /// The last value it was told, in milliamperes; nil before the first.
    public var lastTold: ToldValue? { told.last { $0.number != nil } }

    /// The number of the last order.
    public var lastOrder: Int { lastNumber }

    /// Whether the order `number`, not sent yet, says what the box was told before: that is ordered only where something
    /// else may be in force, so that its frame has to leave whatever the registers read.
    public func isRepeat(_ number: Int) -> Bool {
        guard let order = told.last(where: { $0.number == number }) else { return false }
        return told.contains { $0.number.map { $0 < number } ?? false && $0.value == order.value }
    }

    /// Whether the last value it was told is confirmed and none that we did not tell is about.
    public var isSettled: Bool { (lastTold?.isConfirmed ?? false) && !hasForeign }

    /// Whether it may be following something that we did not tell and have not replaced.
    var hasForeign: Bool { told.contains { $0.isForeign && $0.bookedUntil == nil } }

    /// The terminals its car may draw on, of those it was last told.
    public var terminals: PhaseSet {
        let told = lastTold?.terminals ?? ability.terminals
        let used = told.subtracting(learning.freed)
        return used.isEmpty ? told : used
    }

    /// Whether the box does not answer at `now`.
    public func isSilent(at now: Moment) -> Bool {
        guard let lastHeard, !isLost else { return true }
        return now - lastHeard > ability.silentAfter
    }

    /// Whether the box may be asked anything at `now`. A silent box may hear us though we do not hear it: until its watchdog
    /// has run out it has to be left alone, or it would never fall back; after that a question might wake its old value,
    /// so that it is only given orders, which it is booked for.
    public func mayBePolled(at now: Moment) -> Bool {
        guard isSilent(at: now), hasObeyed, ability.watchdog != nil else { return true }
        return lastHeard == nil && !isLost && !mustBeTold
    }

    /// What a silent box that has fallen back may be told: no more than its fall-back, in milliamperes.
    var probe: Int {
        guard let watchdog = ability.watchdog, let told = lastTold?.value, told > 0 else { return least }
        let value = min(told, watchdog.fallback)
        guard value >= ability.minimum else { return least }
        return value - (value - ability.minimum) % ability.step
    }

    /// Whether it goes on with what it may be following, though it was told less.
    var isStubborn: Bool { excess != nil || refusedAt != nil || ignoredAt != nil }

    /// The least it can be told: a stop, if it can be stopped.
    var least: Int { ability.isStoppable ? 0 : ability.minimum }

    func hasFallenBack(at now: Moment) -> Bool {
        guard let watchdog = ability.watchdog, let lastFrame else { return false }
        // A frame that still waits in a gateway starts its watchdog anew when it arrives.
        return now >= lastFrame + ability.queueTime + watchdog.timeout + watchdog.margin
    }

    /// The most that its car may draw at each terminal at `now`, in milliamperes.
    public func atTerminals(_ now: Moment) -> PhaseCurrents {
        var most = toldAtTerminals(now)
        if isSilent(at: now), let watchdog = ability.watchdog, hasObeyed {
            let fallback = booked(watchdog.fallback, ability.terminals)
            most = hasFallenBack(at: now) ? fallback : most.maximum(fallback)
        }
        if let excess {
            for phase in Phase.allCases where excess.drawn[phase] > 0 {
                most[phase] = max(most[phase], excess.drawn[phase] + 1000)
            }
            if excess.isDisobedient { most = most.maximum(booked(ability.rated, ability.terminals)) }
        }
        if !ability.isStoppable { most = most.maximum(booked(ability.minimum, ability.terminals)) }
        return most
    }

    /// The most that it may draw on each phase of the supply at `now`, in milliamperes.
    public func current(at now: Moment) -> PhaseCurrents { setup.rotation.largestOnSupply(atTerminals(now)) }

    /// The same as a booking on the circuit `node`.
    public func fixed(at now: Moment, node: Int) -> FixedBooking {
        FixedBooking(setup.id, setup.rotation, atTerminals(now), node: node)
    }

    /// Whether it can be forgotten at `now`: it answers, its stop is confirmed, nothing else is booked, and it does not start
    /// again by itself when nobody talks to it any more.
    public func isReleased(at now: Moment) -> Bool {
        (ability.watchdog?.fallback ?? 0) == 0 && isSettled && lastTold?.value == 0 && !isSilent(at: now)
            && atTerminals(now) == .zero
    }

    /// What needs a person's look.
    public var alarms: [BookingAlarm] {
        let value = lastTold?.value ?? ability.rated
        var alarms: [BookingAlarm] = []
        if let excess, excess.drawn != .zero { alarms.append(.drawsAbove(told: value, drawn: excess.drawn.largest)) }
        if excess != nil, let foreign = told.last(where: \.isForeign), foreign.value > value {
            alarms.append(.overwritten(told: value, value: foreign.value))
        }
        if excess?.isDisobedient ?? false { alarms.append(.disobeys) }
        if let alarm = doubt?.alarm { alarms.append(alarm) }
        if let implausible { alarms.append(.implausible(implausible)) }
        return alarms
    }

    func toldAtTerminals(_ now: Moment) -> PhaseCurrents {
        told.reduce(.zero) { most, value in
            guard value.bookedUntil.map({ $0 > now }) ?? true else { return most }
            return most.maximum(booked(value.value, value.terminals))
        }
    }

    private func booked(_ current: Int, _ terminals: PhaseSet) -> PhaseCurrents {
        PhaseCurrents(current, on: terminals.union(shown ?? []).subtracting(learning.freed))
    }
}
