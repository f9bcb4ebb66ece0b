/// The load through every circuit that is not a box.
struct BaseLoad {
    /// By node index, in milliamperes; never below 0.
    private(set) var base: [PhaseCurrents]
    /// Circuits whose own meter cannot be trusted, by node index.
    private(set) var isBlind: [Bool]
    /// Circuits that have a meter in use, by node index.
    private(set) var isMetered: [Bool]

    /// A reading counts for so long.
    static let stale: Span = 10 * second
    /// The same words for so long under load are a frozen meter.
    static let frozen: Span = 60 * second
    /// What counts as load when a meter is suspected, in milliamperes.
    static let load = 500
    /// So long a base stands that is possible but not known exactly: while a car changes its draw, meter and box are not
    /// read at the same time.
    static let doubt: Span = 5 * second

    init(_ snapshot: Snapshot, _ limits: SiteLimits, _ memory: inout Memory, _ now: Moment) {
        let tree = limits.tree
        base = [PhaseCurrents](repeating: .zero, count: tree.nodes.count)
        isBlind = [Bool](repeating: false, count: tree.nodes.count)
        isMetered = isBlind
        var below = [PhaseCurrents](repeating: .zero, count: tree.nodes.count)
        memory.meters = memory.meters.filter { tree.index(of: $0.key) != nil }
        for node in tree.nodes.indices.reversed() {
            let circuit = tree.nodes[node]
            switch limits.loads[circuit.id] ?? .fixed(.zero) {
            case .fixed(let own): base[node] = own.withoutFeedIn + below[node]
            case .metered(let worst):
                if let sample = snapshot.meters[circuit.id], Self.isTrusted(sample, circuit.id, &memory, now) {
                    base[node] = Self.measured(sample, node, tree, circuit.id, &memory, now)
                    isMetered[node] = true
                } else {
                    base[node] = worst ?? circuit.limit
                    isBlind[node] = true
                    memory.meters[circuit.id]?.base = nil
                }
            }
            if let parent = tree.parents[node] { below[parent] += base[node] }
        }
        for node in tree.nodes.indices {
            if let parent = tree.parents[node], isBlind[parent] { isBlind[node] = true }
        }
    }

    private static func isTrusted(_ sample: MeterSample, _ id: String, _ memory: inout Memory, _ now: Moment) -> Bool {
        guard now - sample.at <= stale else { return false }
        var meter =
            memory.meters[id]
            ?? MeterMemory(words: sample.words, counter: sample.counter, unmovedSince: sample.at, baseAt: sample.at)
        if meter.words != sample.words || meter.counter != sample.counter {
            meter.words = sample.words
            meter.counter = sample.counter
            meter.unmovedSince = sample.at
        }
        memory.meters[id] = meter
        let isLoaded = Phase.allCases.contains { abs(sample.current[$0]) > load }
        return !isLoaded || sample.at - meter.unmovedSince < frozen
    }

    /// The reading less what the boxes below are proven to draw.
    ///
    /// What they may have drawn beyond that leaves a doubt. As long as the base known before is possible, it stands for
    /// 5 s; then, and when it is not possible, the upper end counts.
    private static func measured(
        _ sample: MeterSample, _ node: Int, _ tree: CircuitTree, _ id: String, _ memory: inout Memory, _ now: Moment
    ) -> PhaseCurrents {
        var highest = sample.current
        var lowest = sample.current
        for booking in memory.bookings.values {
            guard let place = tree.index(of: booking.setup.node), tree.path(from: place).contains(node) else {
                continue
            }
            let drawn = booking.drawn(around: sample.at, now: now)
            highest -= drawn.least
            lowest -= drawn.most
        }
        guard var meter = memory.meters[id] else { return highest.withoutFeedIn }
        let isKnown = Phase.allCases.allSatisfy { highest[$0] - lowest[$0] <= load }
        var base = highest
        if let before = meter.base, !isKnown, now - meter.baseAt <= doubt {
            for phase in Phase.allCases where (lowest[phase]...highest[phase]).contains(before[phase]) {
                base[phase] = before[phase]
            }
        }
        if isKnown || meter.base == nil || now - meter.baseAt > doubt { meter.baseAt = now }
        meter.base = base
        memory.meters[id] = meter
        return base.withoutFeedIn
    }
}
