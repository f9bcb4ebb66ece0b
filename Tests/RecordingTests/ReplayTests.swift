import LoadManagement
import Testing

@testable import Recording

struct ReplayTests {
    @Test(arguments: 0..<6) func everyTickOfAnUnluckySiteIsDecidedTheSameAgain(_ seed: Int) throws {
        var site = try DrivenSite(boxes: 2 + seed * 3, seed: seed, luck: .rough)
        let ticks = (0..<500).map { _ in site.tick() }
        let (report, ending) = try replayed(segment(ticks))
        #expect(ending == .complete)
        #expect(report.ticks == 500)
        #expect(report.orders == ticks.reduce(0) { $0 + $1.tick.decision.orders.count })
        #expect(report.orders > 20, "a site without orders proves nothing")
        #expect(report.differingTicks.isEmpty)
        #expect(report.memoryDiffersFrom == nil)
        #expect(report.notes.isEmpty)
    }

    @Test func whatIsReadIsWhatWasWritten() throws {
        var site = try DrivenSite(boxes: 5, seed: 11, luck: .rough)
        let ticks = (0..<400).map { _ in site.tick() }
        let reader = try SegmentReader(segment(ticks))
        #expect(reader.memory == ticks[0].before)
        #expect(reader.header.wallClock(at: ticks[0].tick.now) == 1_795_000_000)
        for recorded in ticks {
            let read = try #require(try reader.next())
            let tick = recorded.tick
            #expect(read.changes == tick.changes)
            #expect(read.now == tick.now)
            #expect(read.limits == tick.limits)
            #expect(read.snapshot == tick.snapshot)
            #expect(try TreeDecoder.value(Decision.self, from: read.decision) == tick.decision)
        }
        #expect(try reader.next() == nil)
    }

    @Test func aRestartIsReplayed() throws {
        var site = try DrivenSite(boxes: 3, seed: 3, luck: .rough)
        let before = (0..<300).map { _ in site.tick() }
        var after = site
        after.journal = MemoryJournal(Memory(bookings: site.journal.bookings.byName))
        after.journal.restart(at: site.now)
        let ticks = (0..<300).map { _ in after.tick() }
        #expect(ticks[0].tick.changes.restarted == site.now)
        #expect(try replayed(segment(before)).report.isEqual)
        let (report, _) = try replayed(segment(ticks, number: 2))
        #expect(report.isEqual)
        #expect(report.ticks == 300)
    }

    @Test func anotherDecisionIsFoundAtItsTick() throws {
        var site = try DrivenSite(boxes: 3, seed: 5, luck: .rough)
        var ticks = (0..<200).map { _ in site.tick() }
        ticks[120].tick.decision.boxes["box.1"]?.target += 1300
        let (report, _) = try replayed(segment(ticks))
        #expect(report.differing == 1)
        let differing = try #require(report.differingTicks.first)
        #expect(abs(differing.time - 1_795_000_120) < 1)
        #expect(differing.differences.map(\.path) == ["boxes.box.1.target"])
        #expect(report.largestDifference == 1300)
    }

    @Test func anEventThatWasNotRecordedIsFound() throws {
        var site = try DrivenSite(boxes: 3, seed: 5, luck: .rough)
        var ticks = (0..<300).map { _ in site.tick() }
        let place = try #require(
            ticks.firstIndex { tick in
                tick.tick.changes.boxes.values.contains {
                    $0.contains { if case .event(.answered) = $0 { true } else { false } }
                }
            })
        ticks[place].tick.changes.boxes = [:]
        let (report, _) = try replayed(segment(ticks))
        #expect(report.memoryDiffersFrom != nil)
        #expect(!report.isEqual)
    }

    @Test func theLeastRoomIsTold() throws {
        var site = try DrivenSite(boxes: 2, seed: 1, luck: .calm)
        let ticks = (0..<60).map { _ in site.tick() }
        let least = try #require(try replayed(segment(ticks)).report.leastRoom)
        let free = ticks.flatMap { $0.tick.decision.nodes.values.map(\.free.smallest) }.min()
        #expect(least.milliamperes == free)
    }
}
