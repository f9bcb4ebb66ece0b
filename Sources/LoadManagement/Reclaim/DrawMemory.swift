/// How much of what it is offered a car uses, by its box's own meter.
///
/// A car that draws clearly less for a minute is capped at its highest draw of that minute plus the margin. The minute
/// begins anew while its draw rises, so that a car that ramps up slowly keeps its share; a car that tapers off is followed
/// down in steps. The cap follows upwards at once, and falls away when the car draws about as much as it is offered. A car
/// that asks again soon after it was capped keeps its share twice as long the next time, up to 16 times, so that one whose
/// draw changes every few minutes does not move the others all the time.
struct DrawMemory: Hashable, Codable, Sendable {
    /// What it may get at most, in milliamperes; nil if it uses what it is offered.
    private(set) var cap: Int?
    private var cappedAt: Moment?
    private var lessSince: Moment?
    private var start = 0
    private var peak = 0
    private var measuredAt: Moment?
    private var strikes = 0

    /// After this without a measurement nothing is known of the last minute.
    private static let gap: Span = 10 * second
    /// After this without a measurement nothing is proven any more.
    private static let lost: Span = 60 * second
    /// A cap that has stood for so long was right.
    private static let proven: Span = 900 * second
    private static let mostStrikes = 4

    /// Takes note of the box's last measurement.
    mutating func note(_ use: OfferUse, _ state: CarState, _ rule: ReclaimRule, at now: Moment) {
        guard let told = use.told, told.value > 0, state != .a, state != .b, let newest = use.drawn,
            now - newest.at <= Self.lost
        else {
            if state != .unknown { self = DrawMemory() }
            return
        }
        if let measuredAt, newest.at - measuredAt > Self.gap || now - newest.at > Self.gap { lessSince = nil }
        guard newest.at > measuredAt ?? .min else { return }
        measuredAt = newest.at
        let drawn = max(0, newest.current.largest)
        if drawn + rule.asking >= told.value { ask(at: now) }
        if let cap, drawn + rule.margin > cap { self.cap = drawn + rule.margin }
        guard told.isConfirmed, drawn + max(rule.clearly, rule.margin + rule.asking) <= told.value else {
            lessSince = nil
            return
        }
        guard let since = lessSince, drawn <= start + rule.asking else {
            begin(drawn, at: newest.at)
            return
        }
        peak = max(peak, drawn)
        guard newest.at - since >= rule.detect << strikes else { return }
        cap = peak + rule.margin
        cappedAt = now
        begin(drawn, at: newest.at)
    }

    private mutating func begin(_ drawn: Int, at moment: Moment) {
        lessSince = moment
        start = drawn
        peak = drawn
    }

    private mutating func ask(at now: Moment) {
        guard cap != nil else { return }
        let hasStood = cappedAt.map { now - $0 >= Self.proven } ?? true
        strikes = hasStood ? 0 : min(strikes + 1, Self.mostStrikes)
        cap = nil
    }
}
