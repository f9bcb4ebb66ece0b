/// What is remembered of one box and its car beside what is booked for it.
struct CarMemory: Hashable, Codable, Sendable {
    /// Its place in the queue; nil while its car wants nothing.
    var place: TurnPlace?
    /// How it uses its share.
    var draw = DrawMemory()
    /// What has become of the current offered to it.
    var offer = OfferMemory()
    /// How much time it has to spare.
    var laxity = Laxity()
    /// Whether it is wired as it is said to be.
    var wiring = WiringRecord()

    /// The moments of another time say nothing any more; the order of the queue does.
    mutating func restart(at now: Moment) {
        let rounds = place?.rounds
        self = CarMemory()
        place = rounds.map { TurnPlace(rounds: $0, at: now) }
    }
}

extension CarMemory {
    /// Takes note of how the car uses its offer, and of its time to spare.
    mutating func note(
        _ box: BoxSnapshot, _ use: OfferUse, _ reclaim: ReclaimRule?, power: @autoclosure () -> Int, at now: Moment
    ) {
        offer.note(box.state, isOffered: use.told?.value ?? 0 > 0, at: now)
        if let reclaim {
            draw.note(use, box.state, reclaim, at: now)
        } else {
            draw = DrawMemory()
        }
        if box.mode == .target {
            laxity.note(box.goal, power: power(), at: now)
        } else {
            laxity = Laxity()
        }
    }

    /// A car that comes goes to the end of the queue, after `rounds`; one that goes, or is switched off, loses its place.
    /// One that `charged` when nobody had a place yet goes on.
    mutating func takePlace(_ box: BoxSnapshot, rounds: Int, charged: Bool, at now: Moment) {
        if box.mode == .off || (box.state == .a && !offer.isWaking(at: now)) {
            place = nil
        } else if place == nil, box.state.wantsCurrent {
            place = TurnPlace(rounds: rounds, at: now)
            if charged { place?.turn(isRunning: true, at: now) }
        }
        if box.state == .c || box.state == .d, place?.unused ?? 0 > 0 { place?.unused = 0 }
    }

    /// Whether the car has not used what it is offered for so long that its box may do with its minimum.
    func isIdle(_ limits: SiteLimits, at now: Moment) -> Bool {
        limits.reclaim.map { offer.isIdle($0.idle, at: now) } ?? false
    }
}
