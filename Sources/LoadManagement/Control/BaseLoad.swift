/// The load through every circuit that is not a box.
struct BaseLoad {
    /// By node index, in milliamperes; never below 0.
    private(set) var base: [PhaseCurrents]
    /// The base that raises have to respect, by node index. A car that has just stopped is missing from the meter while its
    /// box still shows the old draw: until the box is measured after the meter, the last base that was sure counts too.
    private(set) var forRaising: [PhaseCurrents]
    /// The least that the base can be, whatever boxes draw of what they may, by node index.
    private(set) var least: [PhaseCurrents]
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
    /// So long the last base that was sure stands while it is possible: meter and boxes are not read at the same time, and a
    /// car changes its draw in between.
    static let doubt: Span = 8 * second

    init(
        _ snapshot: Snapshot, _ limits: SiteLimits, _ boxes: [BookedBox], _ memory: inout Memory, _ now: Moment
    ) {
        let tree = limits.tree
        base = [PhaseCurrents](repeating: .zero, count: tree.nodes.count)
        forRaising = base
        least = base
        isBlind = [Bool](repeating: false, count: tree.nodes.count)
        isMetered = isBlind
        var below = [(base: PhaseCurrents, forRaising: PhaseCurrents, least: PhaseCurrents)](
            repeating: (.zero, .zero, .zero), count: tree.nodes.count)
        memory.forgetMeters(beside: tree)
        for node in tree.nodes.indices.reversed() {
            let circuit = tree.nodes[node]
            switch limits.loads[circuit.id] ?? .fixed(.zero) {
            case .fixed(let own):
                base[node] = own.withoutFeedIn + below[node].base
                forRaising[node] = own.withoutFeedIn + below[node].forRaising
                least[node] = own.withoutFeedIn + below[node].least
            case .metered(let worst):
                let below = boxes.indices.filter { box in
                    boxes[box].circuit.map { tree.path(from: $0).contains(node) } ?? false
                }
                if let sample = snapshot.meters[circuit.id],
                    Self.isTrusted(sample, circuit.id, below, boxes, &memory, now)
                {
                    (base[node], forRaising[node]) = Self.measured(sample, circuit.id, below, boxes, &memory, now)
                    var booked = PhaseCurrents.zero
                    for box in below { booked += boxes[box].supply }
                    let most = memory.meters[circuit.id]?.note(booked: booked, now, sampled: sample.at) ?? booked
                    least[node] = (sample.current - most).withoutFeedIn
                    isMetered[node] = true
                } else {
                    base[node] = worst ?? circuit.limit
                    forRaising[node] = base[node]
                    isBlind[node] = true
                    memory.meters[circuit.id]?.forgetBases()
                }
            }
            if let parent = tree.parents[node] {
                below[parent].base += base[node]
                below[parent].forRaising += forRaising[node]
                below[parent].least += least[node]
            }
        }
        for node in tree.nodes.indices {
            if let parent = tree.parents[node], isBlind[parent] { isBlind[node] = true }
        }
    }

    /// Under load a living meter's words move: load is what it shows, and what the boxes below say they draw.
    private static func isTrusted(
        _ sample: MeterSample, _ id: String, _ below: [Int], _ boxes: [BookedBox], _ memory: inout Memory,
        _ now: Moment
    ) -> Bool {
        guard now - sample.at <= stale else { return false }
        var meter =
            memory.meters[id]
            ?? MeterMemory(words: sample.words, counter: sample.counter, unmovedSince: sample.at)
        if meter.words != sample.words || meter.counter != sample.counter {
            meter.words = sample.words
            meter.counter = sample.counter
            meter.unmovedSince = sample.at
            meter.hasMoved = true
        }
        let isLoaded =
            Phase.allCases.contains { abs(sample.current[$0]) > load }
            || below.contains { box in
                boxes[box].newest.map { $0.current.largest > load && now - $0.at <= stale } ?? false
            }
        meter.loadedSince = isLoaded ? meter.loadedSince ?? sample.at : nil
        memory.meters[id] = meter
        guard let since = meter.loadedSince else { return true }
        return sample.at - max(since, meter.unmovedSince) < frozen
    }

    /// The reading less what the boxes below are proven to draw.
    ///
    /// It is sure if every box was asked at the meter's sample or later, and drew the same all the time. In doubt the last
    /// sure base stands for 8 s as far as it is possible, so that a car that starts moves nobody; raises respect both.
    ///
    /// One sure base alone raises nobody: a car that stops for a moment between two readings of its box is missing from the
    /// meter though the box shows it before and after, and so is one that stops while its box is being asked. The largest
    /// of the last 8 s counts.
    private static func measured(
        _ sample: MeterSample, _ id: String, _ below: [Int], _ boxes: [BookedBox], _ memory: inout Memory,
        _ now: Moment
    ) -> (base: PhaseCurrents, forRaising: PhaseCurrents) {
        // As long as its words have not moved a meter may be frozen, and show what flowed when they last did.
        let unmovedSince = min(memory.meters[id]?.unmovedSince ?? sample.at, sample.at)
        var isBracketed = true
        var highest = sample.current
        var lowest = sample.current
        for box in below {
            let drawn = boxes[box].drawn(memory.bookings.values[box].draw, from: unmovedSince, through: sample.at)
            isBracketed = isBracketed && (drawn.least == .zero || boxes[box].isMeasured(since: sample.at))
            highest -= drawn.least
            // A box that was just raised may draw more than its own, slower meter shows.
            let raise = memory.raises.index(forKey: memory.bookings.keys[box], near: box)
            let isRising = raise.flatMap { memory.raises.values[$0].raisedAt }.map { now - $0 < Room.slow } ?? false
            lowest -=
                isRising && boxes[box].ability.hasMeter ? drawn.most.maximum(boxes[box].supply) : drawn.most
        }
        // Before its words have moved it proves nothing that a raise could rely on.
        let hasMoved = memory.meters[id]?.hasMoved ?? false
        guard hasMoved else { return (highest.withoutFeedIn, sample.current.maximum(highest).withoutFeedIn) }
        let isKnown = isBracketed && Phase.allCases.allSatisfy { highest[$0] - lowest[$0] <= load }
        // What is not bracketed may have stopped before the meter was read: nothing of it is proven for a raise.
        var proven = sample.current.maximum(highest)
        if isBracketed, let largest = memory.meters[id]?.provenBases.note(highest, at: sample.at),
            memory.meters[id]?.provenBases.count != 1
        {
            proven = largest
        }
        if isKnown {
            let largest = memory.meters[id]?.sureBases.note(highest, at: sample.at) ?? highest
            return (highest.withoutFeedIn, largest.withoutFeedIn)
        }
        guard let meter = memory.meters[id], let last = meter.sureBases.last else {
            return (highest.withoutFeedIn, proven.withoutFeedIn)
        }
        let (sure, age) = (last.currents, sample.at - last.at)
        var base = highest
        for phase in Phase.allCases where age <= doubt && (lowest[phase]...highest[phase]).contains(sure[phase]) {
            base[phase] = sure[phase]
        }
        let forRaising = age <= doubt ? highest.maximum(meter.sureBases.largest) : proven
        return (base.withoutFeedIn, forRaising.withoutFeedIn)
    }
}
