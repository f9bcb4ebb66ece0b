/// What a booking comes to in one tick, worked out once: an order changes that of its own box only. Currents are
/// milliamperes.
struct BookedBox {
    /// The circuit it hangs on, as an index of the tree; nil if there is none of that name.
    let circuit: Int?
    /// How its terminals are wired to the supply.
    let rotation: Rotation
    /// What it can do.
    let ability: BoxAbility
    /// The most that its car may draw at each terminal.
    let current: PhaseCurrents
    /// The last value it was told; nil before the first.
    let told: ToldValue?
    /// What it measured last; nil before the first time.
    let newest: (at: Moment, current: PhaseCurrents)?
    /// Terminals that its car leaves unused.
    private let freed: PhaseSet
    /// Whether it does not answer.
    let isSilent: Bool
    /// Whether its last value is confirmed and none that we did not tell is about.
    let isSettled: Bool
    /// Whether it goes on with what it may be following, though it was told less.
    let isStubborn: Bool
    /// Whether it was seen to do other than it was told.
    let isExceeding: Bool
    /// Whether the device was removed or disabled.
    let isLeaving: Bool
    /// Whether something may need a person's look.
    let mayAlarm: Bool

    init(_ booking: BoxBooking, at now: Moment) {
        circuit = booking.place
        rotation = booking.setup.rotation
        ability = booking.ability
        current = booking.atTerminals(now)
        told = booking.lastTold
        newest = booking.draw.newest
        freed = booking.learning.freed
        isSilent = booking.isSilent(at: now)
        isSettled = (told?.isConfirmed ?? false) && !booking.hasForeign
        isStubborn = booking.isStubborn
        isExceeding = booking.excess != nil
        isLeaving = booking.isLeaving
        mayAlarm = isExceeding || booking.doubt != nil || booking.implausible != nil
    }

    /// The circuit it counts on; the supply if its circuit does not exist any more.
    var node: Int { circuit ?? 0 }

    /// The most that it may draw on each phase of the supply.
    var supply: PhaseCurrents { rotation.largestOnSupply(current) }

    /// The least it can be told: a stop, if it can be stopped.
    var least: Int { ability.isStoppable ? 0 : ability.minimum }

    /// The terminals its car may draw on, of those it was last told.
    var terminals: PhaseSet {
        let told = told?.terminals ?? ability.terminals
        let used = told.subtracting(freed)
        return used.isEmpty ? told : used
    }

    /// What it falls back to at its terminals; nothing without a watchdog, for then it goes on.
    var fallback: PhaseCurrents {
        PhaseCurrents(ability.watchdog?.fallback ?? 0, on: ability.terminals.subtracting(freed))
    }

    /// Whether what it draws can be told from the house behind a meter.
    var isProving: Bool { ability.hasMeter && (rotation != .unknown || terminals == .all) }

    /// The terminals that an order goes for: a box that charges keeps its own, one that starts gets `wanted`.
    func terminals(ordering wanted: PhaseSet?) -> PhaseSet {
        if let told, told.value > 0 { return told.terminals }
        return wanted ?? ability.terminals
    }

    /// Those of them that its car uses, as far as that is known.
    func terminals(startingOn wanted: PhaseSet?) -> PhaseSet {
        let ordered = terminals(ordering: wanted)
        guard told?.terminals == ordered else { return ordered }
        return terminals
    }

    /// The most it can charge with, in milliwatts at 230 V, on the terminals that its car uses.
    func largestPower(_ box: BoxSnapshot) -> Int {
        let current = min(ability.maximum, box.maximum ?? ability.maximum)
        return max(0, current) * terminals(startingOn: box.terminals).count * nominalVoltage
    }

    /// What it proves to draw, and what it may draw at most, on each phase of the supply around the moment `end` of a
    /// meter's sample whose words have not moved since `start`. A box without a meter proves nothing and is taken to draw
    /// nothing that could be subtracted.
    func drawn(
        _ record: DrawRecord, from start: Moment, through end: Moment
    ) -> (least: PhaseCurrents, most: PhaseCurrents) {
        guard ability.hasMeter else { return (.zero, .zero) }
        guard let range = record.range(from: start, through: end) else {
            return rotation == .unknown ? (.zero, .zero) : (.zero, supply)
        }
        let least = rotation.smallestOnSupply(range.least)
        return (least, rotation == .unknown ? least : rotation.largestOnSupply(range.most))
    }

    /// Whether its own meter was read at `moment` or later.
    func isMeasured(since moment: Moment) -> Bool { newest.map { $0.at >= moment } ?? false }
}

extension Memory {
    /// What every box is booked with at `now`, by its place among the bookings.
    func booked(at now: Moment) -> [BookedBox] {
        bookings.values.map { BookedBox($0, at: now) }
    }
}
