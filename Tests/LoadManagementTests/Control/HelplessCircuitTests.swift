import LoadManagement
import Testing

/// A circuit over its limit on which nothing is left to lower: a box below it may have fallen back without a sign.
struct HelplessCircuitTests {
    /// 20 A with a meter; "a" cannot be stopped, "b" falls back to 6 A and has no meter, and waits.
    private func site(hasMeter: Bool = false, isStoppable: Bool = false, fallback: Int = 6000) throws -> ScriptedSite {
        var limits = try oneCircuit(
            fuse: 20_000, boxes: ["a", "b"], load: .metered(worst: nil),
            watchdog: BoxAbility.Watchdog(timeout: seconds(30), fallback: fallback), hasMeter: hasMeter)
        limits.boxes[0].ability.watchdog = nil
        limits.boxes[0].ability.isStoppable = isStoppable
        limits.boxes[0].ability.maximum = 6000
        var site = ScriptedSite(limits)
        site.boxes = [BoxSnapshot(id: "a", state: .c), BoxSnapshot(id: "b", state: .a, queue: 1)]
        for time in 0...60 { tick(&site, time, 1000) }
        #expect(site.told == ["a": 6000, "b": 0])
        return site
    }

    /// One second in which the meter shows `current`; answers with what is ordered of `b`.
    @discardableResult
    private func tick(_ site: inout ScriptedSite, _ time: Int, _ current: Int) -> [Int] {
        site.measure(PhaseCurrents(each: current + time % 2), time)
        site.tick(Double(time), drawn: site.limits.boxes[0].ability.hasMeter ? ["a": 0, "b": 0] : [:])
        return site.orders.filter { $0.box == "b" }.map(\.value)
    }

    @Test func theBoxIsToldAgainAtOnceAndEveryTenSeconds() throws {
        var site = try site()
        #expect(tick(&site, 61, 21_000) == [0])
        let again = (62...101).filter { !tick(&site, $0, 21_000).isEmpty }
        #expect((3...4).contains(again.count), "10 s after it was confirmed: \(again)")
        #expect(site.told["b"] == 0)
        for time in 102...140 { #expect(tick(&site, time, 15_000).isEmpty, "\(time) s") }
    }

    @Test func whereSomethingIsLeftToLowerThatIsLowered() throws {
        var site = try site(isStoppable: true)
        // 21 A with 6 A of "a": without them it fits.
        for time in 61...90 {
            #expect(tick(&site, time, site.told["a"] == 0 ? 15_000 : 21_000).isEmpty, "\(time) s")
        }
        #expect(site.told["a"] == 0)
    }

    @Test func aLimitThatIsNotPassedMovesNobody() throws {
        var site = try site()
        // 19 A of house beside the 6 A that "a" may take: too much is booked, but nothing flows.
        for time in 61...120 { #expect(tick(&site, time, 19_000).isEmpty, "\(time) s") }
    }

    @Test func aBoxThatFallsBackToNoMoreIsLeftAlone() throws {
        var site = try site(fallback: 0)
        for time in 61...120 { #expect(tick(&site, time, 26_000).isEmpty, "\(time) s") }
    }

    @Test func aBoxWithAMeterShowsItself() throws {
        var site = try site(hasMeter: true)
        for time in 61...120 { #expect(tick(&site, time, 26_000).isEmpty, "\(time) s") }
    }
}
