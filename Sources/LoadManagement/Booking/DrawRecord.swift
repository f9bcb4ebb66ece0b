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

    /// Those of the 15 s before the newest, and no more than 64.
    private var samples: [Sample] = []
    /// The least and the most of each tenth of a minute.
    private var slots: [Slot] = []
    /// Since when measurements have come without a gap.
    private var since: Moment?

    static let window: Span = 2 * second
    private static let gap: Span = 10 * second
    private static let slot: Span = 6 * second
    private static let age: Span = 15 * second
    private static let most = 64

    var newest: (at: Moment, current: PhaseCurrents)? { samples.last.map { ($0.at, $0.current) } }

    mutating func add(_ current: PhaseCurrents, at: Moment) {
        if let last = samples.last, at < last.at { return }
        if since == nil || samples.last.map({ at - $0.at > Self.gap }) ?? true {
            since = at
            slots = []
        }
        samples.append(Sample(at: at, current: current))
        dropOld()
        if let first = slots.first, at - first.from > 72 * second { slots.removeAll { at - $0.from > 72 * second } }
        let current = current.withoutFeedIn
        if let last = slots.last, at - last.from < Self.slot {
            slots[slots.count - 1].least = last.least.minimum(current)
            slots[slots.count - 1].most = last.most.maximum(current)
        } else {
            slots.append(Slot(from: at, least: current, most: current))
        }
    }

    private mutating func dropOld() {
        guard let last = samples.last else { return }
        var first = max(0, samples.count - Self.most)
        while last.at - samples[first].at > Self.age { first += 1 }
        if first > 0 { samples.removeSubrange(..<first) }
    }

    /// The least and the most that was drawn from 2 s before `start` until 2 s after `end`; nil if nothing was measured
    /// around `end`. If it was not measured before `start` and without a gap from there, the least is nothing: what is
    /// only measured later may have begun later.
    func range(from start: Moment, through end: Moment) -> (least: PhaseCurrents, most: PhaseCurrents)? {
        var range: (least: PhaseCurrents, most: PhaseCurrents)?
        var before: PhaseCurrents?
        for place in samples.indices.reversed() {
            let at = samples[place].at
            let current = samples[place].current.withoutFeedIn
            if before == nil, at <= start { before = current }
            guard at >= start - Self.window else { break }
            guard at <= end + Self.window else { continue }
            range = (range?.least.minimum(current) ?? current, range?.most.maximum(current) ?? current)
        }
        guard var range else { return nil }
        guard let since, since <= start else { return (.zero, range.most) }
        if let before {
            range.least = range.least.minimum(before)
            range.most = range.most.maximum(before)
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
