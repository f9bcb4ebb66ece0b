import LoadManagement
import Testing

/// Cars that sleep are woken.
struct WakeUpTests {
    @Test func aCarThatSleptIsWokenTwiceAMinuteApart() throws {
        var site = try oneBox()
        #expect(wakeUps(&site, from: 200, through: 1000) == [261, 321])
    }

    @Test func aCarThatBecomesReadyIsNotWoken() throws {
        var site = try oneBox()
        #expect(wakeUps(&site, from: 200, through: 260).isEmpty)
        site.boxes[0].state = .c
        #expect(wakeUps(&site, from: 261, through: 300).isEmpty)
        site.boxes[0].state = .b
        #expect(wakeUps(&site, from: 301, through: 1000).isEmpty, "it is full")
    }

    @Test func theNextOfferWakesAgain() throws {
        var site = try oneBox()
        #expect(wakeUps(&site, from: 200, through: 500).count == 2)
        site.boxes[0].mode = .off
        #expect(wakeUps(&site, from: 501, through: 700).isEmpty)
        site.boxes[0].mode = .fast
        #expect(wakeUps(&site, from: 701, through: 1000) == [762, 822])
    }

    @Test func theStateAWakeUpShowsIsNoCarThatLeaves() throws {
        var site = try oneBox()
        #expect(wakeUps(&site, from: 200, through: 261) == [261])
        site.boxes[0].state = .a
        #expect(wakeUps(&site, from: 262, through: 266).isEmpty)
        site.boxes[0].state = .b
        #expect(wakeUps(&site, from: 267, through: 1000).count <= 1, "at most two tries in all")
    }

    @Test func aCarThatWasJustPluggedInIsNotAsleep() throws {
        var site = try oneBox()
        site.boxes[0].state = .a
        site.run(from: 200, through: 300)
        site.boxes[0].state = .b
        #expect(wakeUps(&site, from: 301, through: 900).isEmpty)
    }

    @Test func onlyABoxThatCanAndMayWakesItsCar() throws {
        var site = try oneBox()
        site.limits.boxes[0].ability.canWake = false
        #expect(wakeUps(&site, from: 200, through: 500).isEmpty)
        site = try oneBox()
        site.limits.wakeUp = nil
        #expect(wakeUps(&site, from: 200, through: 500).isEmpty)
        site = try oneBox()
        site.boxes[0].withheld = .trust
        #expect(wakeUps(&site, from: 200, through: 500).isEmpty)
        site = try oneBox()
        site.mode = .observe
        #expect(wakeUps(&site, from: 200, through: 500).isEmpty)
    }

    private func wakeUps(_ site: inout ScriptedSite, from start: Int, through end: Int) -> [Int] {
        (start...end).filter { site.tick(Double($0)).wakeUps == ["a"] }
    }

    /// A car in state B that was offered nothing from 0 s to 200 s.
    private func oneBox() throws -> ScriptedSite {
        var site = try ScriptedSite(oneCircuit(fuse: 16_000, boxes: ["a"]))
        site.limits.boxes[0].ability.canWake = true
        site.boxes = [BoxSnapshot(id: "a", state: .a)]
        site.run(from: -30, through: -1)
        site.boxes[0].state = .b
        site.boxes[0].mode = .off
        site.run(from: 0, through: 199)
        site.boxes[0].mode = .fast
        return site
    }
}
