/// What a box was measured to draw of late, at its terminals.
struct DrawRecord: Hashable, Codable, Sendable {
    private struct Sample: Hashable, Codable, Sendable {
        var at: Moment
        var current: PhaseCurrents
    }

    private struct Slot: Hashable, Codable, Sendable {
        var from: Moment
        var least: PhaseCurrents
        var most: PhaseCurrents
    }

    private var samples: [Sample] = []
    /// The least and the most of each tenth of a minute.
    private var slots: [Slot] = []
    /// Since when measurements have come without a gap.
    private var since: Moment?

    static let window: Span = 2 * second
    private static let gap: Span = 10 * second
    private static let slot: Span = 6 * second

    var newest: (at: Moment, current: PhaseCurrents)? { samples.last.map { ($0.at, $0.current) } }

    mutating func add(_ current: PhaseCurrents, at: Moment) {
        if let last = samples.last, at < last.at { return }
        if since == nil || samples.last.map({ at - $0.at > Self.gap }) ?? true {
            since = at
            slots = []
        }
        samples.removeAll { at - $0.at > 15 * second }
        if samples.count >= 64 { samples.removeFirst() }
        samples.append(Sample(at: at, current: current))
        slots.removeAll { at - $0.from > 72 * second }
        let current = current.withoutFeedIn
        if let last = slots.last, at - last.from < Self.slot {
            slots[slots.count - 1].least = last.least.minimum(current)
            slots[slots.count - 1].most = last.most.maximum(current)
        } else {
            slots.append(Slot(from: at, least: current, most: current))
        }
    }

    /// The least and the most that was drawn from 2 s before `start` until 2 s after `end`; nil if nothing was measured
    /// around `end`. If it was not measured before `start` and without a gap from there, the least is nothing: what is
    /// only measured later may have begun later.
    func range(from start: Moment, through end: Moment) -> (least: PhaseCurrents, most: PhaseCurrents)? {
        var range: (least: PhaseCurrents, most: PhaseCurrents)?
        for sample in samples where (start - Self.window...end + Self.window).contains(sample.at) {
            let current = sample.current.withoutFeedIn
            range = (range?.least.minimum(current) ?? current, range?.most.maximum(current) ?? current)
        }
        guard var range else { return nil }
        guard let since, since <= start else { return (.zero, range.most) }
        if let before = samples.last(where: { $0.at <= start }) {
            range.least = range.least.minimum(before.current.withoutFeedIn)
            range.most = range.most.maximum(before.current.withoutFeedIn)
        }
        guard start < end - Self.window else { return range }
        for slot in slots where slot.from + Self.slot >= start - Self.window && slot.from <= end {
            range.least = range.least.minimum(slot.least)
            range.most = range.most.maximum(slot.most)
        }
        return range
    }

    /// Whether a car has drawn all through the minute before `now`, without a gap, and no more than `current` milliamperes on
    /// any phase. One that draws nothing may be about to start, or may be another one by now.
    func hasStayed(within current: Int, before now: Moment) -> Bool {
        guard let since, let last = samples.last, now - since >= 60 * second, now - last.at <= Self.gap else {
            return false
        }
        return slots.allSatisfy { (1000...max(1000, current)).contains($0.most.largest) }
    }
}
