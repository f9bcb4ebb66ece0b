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
