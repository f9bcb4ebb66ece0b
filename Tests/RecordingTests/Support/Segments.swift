import LoadManagement
import Recording

/// The bytes of a segment with `ticks`.
func segment(_ ticks: [RecordedTick], number: Int = 1) throws -> [UInt8] {
    let header = SegmentHeader(
        program: "0.1.0", number: number, wallClock: 1_795_000_000, clock: ticks.first?.tick.now ?? 0, cause: .started)
    let writer = try SegmentWriter(header, memory: ticks.first?.before ?? Memory())
    return try ticks.reduce(into: writer.start) { $0 += try writer.append($1) }
}

/// What comes of replaying a segment.
func replayed(_ bytes: [UInt8]) throws -> (report: ReplayReport, ending: SegmentReader.Ending?) {
    let reader = try SegmentReader(bytes)
    var replay = Replay(reader)
    var report = ReplayReport()
    while let tick = try reader.next() {
        report.add(try replay.step(tick), time: reader.header.wallClock(at: tick.now))
    }
    return (report, reader.ending)
}
