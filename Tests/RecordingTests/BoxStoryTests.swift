import LoadManagement
import Testing

@testable import Recording

struct BoxStoryTests {
    @Test func aBoxIsToldWhatItGetsAndWhy() throws {
        let limits = SiteLimits(
            tree: try CircuitTree([CircuitNode(id: "supply", limit: PhaseCurrents(each: 10_000))]),
            boxes: [BoxSetup(id: "a", node: "supply", ability: BoxAbility(maximum: 16_000, pacing: 0))])
        var journal = MemoryJournal(Memory())
        var ticks: [RecordedTick] = []
        var number = 0
        func tick(_ second: Moment, _ state: CarState) {
            let now = second * 1_000_000_000
            let read = number == 0 ? 16_000 : ticks.last?.tick.decision.boxes["a"]?.told ?? 0
            journal.apply(.readBack(read, at: now - 1, connection: 1), to: "a")
            let recorded = journal.step(Snapshot(boxes: [BoxSnapshot(id: "a", state: state)]), limits: limits, now: now)
            for order in recorded.tick.decision.orders {
                number = order.number
                journal.apply(.sent(number: order.number, at: now, connection: 1), to: "a")
                journal.apply(.answered(number: order.number, at: now + 1), to: "a")
            }
            ticks.append(recorded)
        }
        for second in 1...20 { tick(Moment(second), .b) }
        for second in 21...40 { tick(Moment(second), .a) }
        let reader = try SegmentReader(segment(ticks))
        var replay = Replay(reader)
        var story = BoxStory("a")
        var lines: [BoxStory.Line] = []
        while let tick = try reader.next() {
            lines += story.lines(try replay.step(tick), time: reader.header.wallClock(at: tick.now))
        }
        let texts = lines.map(\.text)
        #expect(texts.contains("its car: state B"))
        #expect(texts.contains("its car: state A, before B"))
        #expect(
            texts.contains {
                $0.hasPrefix("told 0 A (order 1, 3 phases): its share is 10 A, circuit supply is full on")
            })
        #expect(
            texts.contains { $0.hasPrefix("raised to 10 A (order 2, 3 phases): its share is 10 A, circuit supply") })
        #expect(texts.contains("order 2 was acknowledged"))
        #expect(texts.contains("it reads back 10 A"))
        #expect(texts.contains { $0.hasPrefix("told 0 A (order 3") && $0.contains("nothing is asked for") })
        #expect(lines.first?.time == 1_795_000_000)
        #expect(lines.count < 30, "what does not change is not told: \(texts)")
    }
}
