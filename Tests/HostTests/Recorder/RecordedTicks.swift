import LoadManagement
import Recording

/// Ticks of a site of `boxes` boxes that all draw something else every second.
struct RecordedTicks {
    private var journal = MemoryJournal(Memory())
    private let limits: SiteLimits
    private(set) var count = 0

    init(boxes: Int) throws {
        limits = SiteLimits(
            tree: try CircuitTree([CircuitNode(id: "supply", limit: PhaseCurrents(each: 63_000))]),
            boxes: (0..<boxes).map { BoxSetup(id: "box-\($0)", node: "supply", ability: BoxAbility(maximum: 16_000)) })
    }

    mutating func next() -> RecordedTick {
        count += 1
        let now = Moment(count) * 1_000_000_000
        for (place, box) in limits.boxes.enumerated() {
            let noise = (UInt64(count) &* 0x9E37_79B9_7F4A_7C15) &+ UInt64(place) &* 0xBF58_476D_1CE4_E5B9
            let drawn = PhaseCurrents(Int(noise >> 51), Int(noise >> 38 & 8191), Int(noise >> 25 & 8191))
            journal.apply(.measured(drawn, at: now), to: box.id)
        }
        let boxes = limits.boxes.map { BoxSnapshot(id: $0.id, state: .c) }
        return journal.step(Snapshot(boxes: boxes), limits: limits, now: now)
    }
}

/// What a replay of segments comes to, with why each was begun.
func replayed(_ segments: [[UInt8]]) throws -> (report: ReplayReport, causes: [SegmentHeader.Cause]) {
    var report = ReplayReport()
    var causes: [SegmentHeader.Cause] = []
    var before: Memory?
    for bytes in segments {
        let reader = try SegmentReader(bytes)
        causes.append(reader.header.cause)
        if reader.header.cause == .full, let before { report.compare(before, with: reader) }
        var replay = Replay(reader)
        while let tick = try reader.next() {
            report.add(try replay.step(tick), time: reader.header.wallClock(at: tick.now))
        }
        if reader.ending != .complete { report.isDamaged = true }
        before = replay.memory
    }
    return (report, causes)
}
