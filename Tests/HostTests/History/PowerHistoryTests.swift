import DriverAPI
import Foundation
import Testing

@testable import Host

@Suite struct PowerHistoryTests {
    private func power(_ grid: Double?, evse: Double? = nil) -> PowerBalance {
        var power = PowerBalance()
        power.grid_w = grid
        power.evse_w = evse
        return power
    }

    private func at(_ seconds: Double) -> MonotonicTime { MonotonicTime(seconds: seconds) }

    @Test func aPointIsTheMeanOf10Seconds() {
        let history = PowerHistory()
        for (second, watts) in [(20, 100.0), (23, 200), (29.9, 600)] { history.take(power(watts), at: at(second)) }
        #expect(history.points.isEmpty)
        history.take(power(9999), at: at(30))
        #expect(history.points.map(\.number) == [2])
        #expect(history.points.map(\.grid_w) == [300])
        #expect(history.newest?.evse_w == nil)
    }

    @Test func whatIsUnknownForAWhileCountsOnlyWhenKnown() {
        let history = PowerHistory()
        history.take(power(nil, evse: 100), at: at(0))
        history.take(power(50, evse: nil), at: at(5))
        history.take(power(nil), at: at(10))
        #expect(history.points.map(\.grid_w) == [50])
        #expect(history.points.map(\.evse_w) == [100])
    }

    @Test func anHourIsKeptAndNoMore() {
        let history = PowerHistory()
        for second in 0..<8000 { history.take(power(Double(second)), at: at(Double(second))) }
        #expect(history.points.count == 360)
        #expect(history.points.last?.number == 798)
        #expect(history.points.first?.number == 439)
    }

    @Test func timeWithoutMeasurementIsAGap() {
        let history = PowerHistory()
        history.take(power(1), at: at(0))
        history.take(power(2), at: at(35))
        history.take(power(3), at: at(40))
        #expect(history.points.map(\.number) == [0, 1, 2, 3])
        #expect(history.points.map(\.grid_w) == [1, nil, nil, 2])
        history.take(power(4), at: at(40_000))
        #expect(history.points.count == 360)
        #expect(history.points.first?.number == 3640)
        #expect(history.points.allSatisfy { $0.grid_w == nil })
    }

    @Test func theDocumentHasOneColumnForEachPowerAndSaysWhenItEnds() throws {
        let history = PowerHistory()
        history.take(power(10, evse: 5), at: at(100))
        history.take(power(20), at: at(110))
        history.take(power(30), at: at(120))
        // 2026-08-04T10:15:07Z; the last point ended 3 s before.
        let document = HistoryDocument(history.points, now: at(123), wall: 1_785_838_507)
        #expect(document.interval_s == 10)
        #expect(document.first == 10)
        #expect(document.end == "2026-08-04T10:15:04Z")
        #expect(document.series.grid_w == [10, 20])
        let json = String(decoding: try JSONEncoder().encode(document), as: UTF8.self)
        #expect(json.contains(#""evse_w":[5,null]"#))
    }
}
