import LoadManagement
import Testing

/// A box that falls back to more than it was told never takes what was given to others.
struct StandingReserveTests {
    @Test func aShareCountsWithTheFallBackAtLeast() throws {
        // 20 A; a comes first by priority and would get 14 A beside b's minimum of 6 A.
        var site = try falling(fuse: 20_000, fallback: 8000)
        site.boxes = [BoxSnapshot(id: "a", state: .c, priority: 1), BoxSnapshot(id: "b", state: .c, queue: 1)]
        site.run(from: 0, through: 60)
        #expect(site.told == ["a": 12_000, "b": 8000])
    }

    @Test func aBoxThatWaitsKeepsItsFallBack() throws {
        // b's car needs 10 A, which is not there beside the 14 A that a may have; 6 A stay free for it all the same.
        var site = try falling(fuse: 15_000, fallback: 6000)
        site.boxes = [
            BoxSnapshot(id: "a", state: .c, priority: 1), BoxSnapshot(id: "b", state: .c, queue: 1, minimum: 10_000),
        ]
        site.run(from: 0, through: 60)
        #expect(site.told == ["a": 9000, "b": 0])
    }

    @Test func itsSilenceLowersNobody() throws {
        var site = try falling(fuse: 20_000, fallback: 8000)
        site.boxes = [BoxSnapshot(id: "a", state: .c, priority: 1), BoxSnapshot(id: "b", state: .c, queue: 1)]
        site.boxes[1].maximum = 7000
        site.run(from: 0, through: 60)
        #expect(site.told == ["a": 12_000, "b": 7000])
        site.muted = ["b"]
        for time in 61...200 {
            site.tick(Double(time))
            #expect(site.told["a"] == 12_000, "\(time) s")
        }
    }

    @Test func aBoxKnownToHaveNoCarIsReservedFromItsSilenceOnly() throws {
        var site = try falling(fuse: 16_000, fallback: 6000)
        site.boxes = [BoxSnapshot(id: "a", state: .c), BoxSnapshot(id: "b", state: .a, queue: 1)]
        site.run(from: 0, through: 60)
        #expect(site.told == ["a": 16_000, "b": 0])
        site.muted = ["b"]
        site.tick(61)
        #expect(site.told["a"] == 10_000)
    }

    @Test func aBoxWithoutACarIsReservedIfOthersOutlastItsWatchdog() throws {
        var site = try falling(fuse: 16_000, fallback: 6000)
        site.limits.boxes[0].ability.watchdog?.timeout = seconds(120)
        site.boxes = [BoxSnapshot(id: "a", state: .c), BoxSnapshot(id: "b", state: .a, queue: 1)]
        site.run(from: 0, through: 60)
        #expect(site.told == ["a": 10_000, "b": 0], "if the host dies, b may charge with 6 A 90 s before a falls back")
    }

    @Test func reservesThatDoNotFitAreLeftOut() throws {
        // 2 x 12 A do not fit in 20 A, and check says so.
        var site = try falling(fuse: 20_000, fallback: 12_000)
        let isRefused = LimitCheck.findings(site.limits).contains { $0.isError }
        #expect(isRefused)
        site.boxes = [BoxSnapshot(id: "a", state: .c), BoxSnapshot(id: "b", state: .c, queue: 1)]
        site.run(from: 0, through: 60)
        #expect(site.told == ["a": 10_000, "b": 10_000])
    }

    @Test func aPowerLimitTooSmallForTheReservesIsSharedAllTheSame() throws {
        // 4140 W are 6 A on three phases: one of the two, though both fall back to 6 A.
        var site = try falling(fuse: 32_000, fallback: 6000)
        site.boxes = [BoxSnapshot(id: "a", state: .c), BoxSnapshot(id: "b", state: .c, queue: 1)]
        site.budgets = [PowerLimit(milliwatts: 4_140_000)]
        site.run(from: 0, through: 60)
        #expect(site.told == ["a": 6000, "b": 0])
    }

    @Test func aHouseOverestimatedByABoxWithoutAMeterLetsNobodyRiseIntoReserves() throws {
        // 40 A. a measures nothing: its 16 A look like house. b falls back to 16 A and is told 6 A at most; the house may
        // be anything from 4 to 20 A, and with 4 A all reserves fit.
        let load = NodeLoad.metered(worst: PhaseCurrents(each: 8000))
        let watchdog = BoxAbility.Watchdog(timeout: seconds(30), margin: seconds(7), fallback: 16_000)
        var limits = try oneCircuit(
            fuse: 40_000, boxes: ["a", "b", "c"], load: load, watchdog: watchdog, hasMeter: true)
        limits.boxes[0].ability.hasMeter = false
        limits.boxes[0].ability.watchdog?.fallback = 0
        limits.boxes[2].ability.watchdog?.fallback = 0
        limits.turn = nil
        limits.reclaim = nil
        var site = ScriptedSite(limits)
        site.boxes = [
            BoxSnapshot(id: "a", state: .c), BoxSnapshot(id: "b", state: .c, queue: 1, maximum: 6000),
            BoxSnapshot(id: "c", state: .c, queue: 2),
        ]
        for time in 0...200 {
            let told = site.told.mapValues { max(0, $0) }
            let sum = told.values.reduce(4000, +)
            site.measure(PhaseCurrents(each: sum), time)
            site.tick(Double(time), drawn: ["b": told["b"] ?? 0, "c": told["c"] ?? 0])
            let (a, c) = (site.told["a"] ?? 0, site.told["c"] ?? 0)
            #expect(max(0, a) + max(0, c) + 16_000 + 4000 <= 40_000, "\(time) s")
        }
    }

    /// 30 A, a house of 4 A; a measures nothing, is lowered from 13 to 7 A and falls back to 16 A, b without a car to 6 A, and c
    /// goes on for ever with what it is told. The meter is read every 5 s: when a has had its time it still shows the 13 A,
    /// which must not pass for a house beside which the reserves do not fit.
    @Test func aReadingOlderThanALoweringLetsNobodyRiseIntoReserves() throws {
        let load = NodeLoad.metered(worst: PhaseCurrents(each: 8000))
        let watchdog = BoxAbility.Watchdog(timeout: seconds(60), margin: seconds(7), fallback: 16_000)
        var limits = try oneCircuit(
            fuse: 30_000, boxes: ["a", "b", "c"], load: load, watchdog: watchdog, hasMeter: true)
        limits.boxes[0].ability.hasMeter = false
        limits.boxes[1].ability.watchdog?.fallback = 6000
        limits.boxes[2].ability.watchdog = nil
        limits.turn = nil
        limits.reclaim = nil
        var site = ScriptedSite(limits)
        site.boxes = [
            BoxSnapshot(id: "a", state: .c, maximum: 13_000), BoxSnapshot(id: "b", state: .a, queue: 1),
            BoxSnapshot(id: "c", state: .a, queue: 2),
        ]
        for time in 0...120 {
            if time == 60 {
                #expect(site.told["a"] == 13_000)
                site.boxes[0].maximum = 7000
                site.boxes[2].state = .c
            }
            let drawn = time < 66 ? max(0, site.told["a"] ?? 0) : 7000
            if time % 5 == 0 { site.measure(PhaseCurrents(each: 4000 + (time == 65 ? 13_000 : drawn)), time) }
            site.tick(Double(time), drawn: ["b": 0, "c": 0])
            #expect(site.told["c"] ?? 0 <= 0, "\(time) s: 4 + 16 + 6 + 6 A are too much")
        }
    }

    private func falling(fuse: Int, fallback: Int) throws -> ScriptedSite {
        let watchdog = BoxAbility.Watchdog(timeout: seconds(30), margin: seconds(7), fallback: fallback)
        var limits = try oneCircuit(fuse: fuse, boxes: ["a", "b"], watchdog: watchdog)
        limits.turn = nil
        return ScriptedSite(limits)
    }
}
