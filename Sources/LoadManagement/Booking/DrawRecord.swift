/// What a box was measured to draw of late, at its terminals.
struct DrawRecord: Hashable, Codable, Sendable {
    private struct Sample: Hashable, Codable, Sendable {
        var at: Moment
        var current: PhaseCurrents
    }

    private struct Peak: Hashable, Codable, Sendable {
        var from: Moment
        var current: Int
    }

    private var samples: [Sample] = []
    /// The largest current of each tenth of a minute.
    private var peaks: [Peak] = []
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
            peaks = []
        }
        samples.removeAll { at - $0.at > 15 * second }
        if samples.count >= 64 { samples.removeFirst() }
        samples.append(Sample(at: at, current: current))
        peaks.removeAll { at - $0.from > 66 * second }
        if let last = peaks.last, at - last.from < Self.slot {
            peaks[peaks.count - 1].current = max(last.current, current.largest)
        } else {
            peaks.append(Peak(from: at, current: current.largest))
        }
    }

    /// The least and the most that was drawn within 2 s of `moment`; nil if nothing was measured then.
    func range(around moment: Moment) -> (least: PhaseCurrents, most: PhaseCurrents)? {
        var range: (least: PhaseCurrents, most: PhaseCurrents)?
        for sample in samples where abs(sample.at - moment) <= Self.window {
            let current = sample.current.withoutFeedIn
            range = (range?.least.minimum(current) ?? current, range?.most.maximum(current) ?? current)
        }
        return range
    }

    /// Whether a car has drawn all through the minute before `now`, without a gap, and no more than `current` milliamperes on
    /// any phase. One that draws nothing may be about to start, or may be another one by now.
    func hasStayed(within current: Int, before now: Moment) -> Bool {
        guard let since, let last = samples.last, now - since >= 60 * second, now - last.at <= Self.gap else {
            return false
        }
        return peaks.allSatisfy { (1000...max(1000, current)).contains($0.current) }
    }
}
