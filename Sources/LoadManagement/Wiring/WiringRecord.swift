/// What speaks for and against the rotation of a box: steps of its own current, and where the circuit's meter showed them.
struct WiringRecord: Hashable, Codable, Sendable {
    /// What the box drew and its circuit's meter showed while both were steady.
    struct Level: Hashable, Codable, Sendable {
        var drawn: PhaseCurrents
        var meter: PhaseCurrents
        var at: Moment
    }

    /// What the box has drawn since `steadySince`, within the tolerance.
    private(set) var drawn = PhaseCurrents.zero
    private(set) var steadySince: Moment?
    private var measuredAt: Moment?
    private var level: Level?
    /// How many more steps spoke against the rotation than for it, of late.
    private(set) var contradictions = 0
    /// The rotations that all of them fit.
    private var fitting = Set(Rotation.known)

    /// How much a steady current may move, in milliamperes.
    private static let tolerance = 300
    /// How long a current has to be steady.
    private static let settling: Span = 6 * second
    /// How long a step may take.
    private static let longest: Span = 40 * second
    /// The smallest step that counts, in milliamperes.
    private static let smallest = 3000
    /// How many steps have to agree.
    static let needed = 3

    /// Takes note of what the box draws at its terminals.
    mutating func measure(_ current: PhaseCurrents, at: Moment) {
        guard at > measuredAt ?? .min else { return }
        let isGap = measuredAt.map { at - $0 > 10 * second } ?? true
        measuredAt = at
        let moved = current - drawn
        guard isGap || max(moved.largest, -moved.smallest) > Self.tolerance else { return }
        drawn = current
        steadySince = at
        if isGap { level = nil }
    }

    /// Compares the last step with what the meter shows; `othersSince` is since when no other box below it has moved.
    ///
    /// Answers the rotation that fits when enough steps in a row agreed that the stated one does not, and nil when nothing
    /// new is known.
    mutating func compare(
        _ meter: MeterSample, stated: Rotation, othersSince: Moment
    ) -> Verdict? {
        guard let steadySince, let measuredAt, measuredAt - steadySince >= Self.settling,
            meter.at - steadySince >= Self.settling / 2
        else { return nil }
        let now = Level(drawn: drawn, meter: meter.current, at: meter.at)
        defer { level = now }
        guard let before = level, before.drawn != now.drawn else { return nil }
        let step = now.drawn - before.drawn
        guard max(step.largest, -step.smallest) >= Self.smallest, now.at - before.at <= Self.longest,
            othersSince <= before.at - 2 * second
        else { return nil }
        return judge(step, now.meter - before.meter, stated: stated)
    }

    private mutating func judge(_ step: PhaseCurrents, _ seen: PhaseCurrents, stated: Rotation) -> Verdict? {
        let bound = max(1000, max(step.largest, -step.smallest) / 5)
        let consistent = Rotation.known.filter { rotation in
            let rest = seen - rotation.largestOnSupply(step)
            return max(rest.largest, -rest.smallest) <= bound
        }
        // A step that fits everything or nothing says nothing.
        guard !consistent.isEmpty, consistent.count < Rotation.known.count else { return nil }
        if consistent.contains(stated) {
            contradictions = max(0, contradictions - 1)
            guard contradictions == 0 else { return nil }
            fitting = Set(Rotation.known)
            return .fits
        }
        let common = fitting.intersection(consistent)
        fitting = common.isEmpty ? Set(consistent) : common
        contradictions = common.isEmpty ? 1 : min(Self.needed, contradictions + 1)
        guard contradictions >= Self.needed, let likely = Rotation.known.first(where: fitting.contains) else {
            return nil
        }
        return .swapped(likely)
    }

    /// What the steps say.
    enum Verdict {
        /// The rotation is right.
        case fits
        /// Another rotation is likely.
        case swapped(Rotation)
    }

    /// What was found out about another rotation says nothing any more.
    mutating func forget() { self = WiringRecord() }
}

extension Rotation {
    /// All but `unknown`, those that turn the phases before those that exchange two, which are rarer.
    static let known: [Rotation] = [.r123, .r231, .r312, .r132, .r213, .r321]
}
