import LoadManagement
import Testing

/// Rule 6: what a car leaves goes to others.
struct ReclaimTests {
    @Test func aCarThatDrawsItsOfferOrNearlySoKeepsItsShare() throws {
        for less in [0, 300, 800, 1500] {
            var site = try twoBoxes()
            for time in 0...600 {
                let told = site.told
                let drawn = ["a": max(0, (told["a"] ?? 0) - less), "b": told["b"] ?? 0]
                site.tick(Double(time), drawn: drawn)
                if time > 20 { #expect(site.orders.isEmpty, "\(less) mA less, \(time) s") }
            }
            #expect(site.told == ["a": 12_500, "b": 12_500])
        }
    }

    @Test func aCarThatRampsUpSlowlyKeepsItsShare() throws {
        var site = try twoBoxes()
        for time in 0...300 {
            let told = site.told
            // 1 A every 20 s.
            let drawn = ["a": min(told["a"] ?? 0, 2000 + time * 50), "b": told["b"] ?? 0]
            site.tick(Double(time), drawn: drawn)
            if time > 20 { #expect(site.orders.isEmpty, "\(time) s") }
        }
        #expect(site.told == ["a": 12_500, "b": 12_500])
    }

    @Test func aCarThatTapersOffIsFollowedInSteps() throws {
        var site = try twoBoxes()
        var lowered = 0
        for time in 0...1800 {
            let told = site.told
            // From 12.5 A to 2 A in 25 minutes.
            let drawn = ["a": min(told["a"] ?? 0, max(2000, 12_500 - time * 7)), "b": told["b"] ?? 0]
            site.tick(Double(time), drawn: drawn)
            lowered += site.orders.filter { $0.box == "a" && $0.kind == .lower }.count
            if time > 20 {
                #expect(site.told["a"] ?? 0 >= drawn["a"] ?? 0, "it always has what it draws")
                #expect(!site.orders.contains { $0.box == "a" && $0.kind == .raise }, "\(time) s")
            }
        }
        #expect(site.told == ["a": 6000, "b": 16_000])
        #expect((2...8).contains(lowered), "\(lowered) steps")
    }

    @Test func aCarWhoseDrawStaysAnAmpereUnderItsOfferFindsBackToItsShare() throws {
        var site = try twoBoxes()
        for time in 0...1500 {
            let told = site.told["a"] ?? 0
            // It draws 5 A for two minutes, then 0.7 A less than it is offered.
            let drawn = ["a": time < 120 ? min(told, 5000) : max(0, told - 700), "b": site.told["b"] ?? 0]
            site.tick(Double(time), drawn: drawn)
            if time == 119 { #expect(site.told["a"] == 6000) }
        }
        #expect(site.told == ["a": 12_500, "b": 12_500])
    }

    @Test func aCarThatChangesItsDrawEveryTwoMinutesMovesTheOthersLessAndLess() throws {
        var site = try twoBoxes()
        var orders = [0, 0]
        for time in 0..<7200 {
            let told = site.told
            let drawn = ["a": min(told["a"] ?? 0, time / 120 % 2 == 0 ? 4000 : 16_000), "b": told["b"] ?? 0]
            site.tick(Double(time), drawn: drawn)
            orders[time / 3600] += site.orders.count
        }
        // 30 changes in an hour; after two of them the car keeps its share.
        #expect(orders[0] < 20 && orders[1] < 10, "\(orders)")
    }

    @Test func itNeverFallsBelowItsMinimum() throws {
        var site = try twoBoxes()
        site.boxes[0].minimum = 8000
        draw(&site, 0...100, 3000)
        #expect(site.told["a"] == 8000)
    }

    @Test func withoutItsOwnMeterNothingIsReclaimed() throws {
        var site = try twoBoxes(hasMeter: false)
        draw(&site, 0...200, 3000)
        #expect(site.told == ["a": 12_500, "b": 12_500])
        site = try twoBoxes()
        site.run(from: 0, through: 200)
        #expect(site.told == ["a": 12_500, "b": 12_500], "never measured")
        site.limits.reclaim = nil
        draw(&site, 201...400, 3000)
        #expect(site.told == ["a": 12_500, "b": 12_500], "switched off")
    }

    @Test func aMeterThatFallsSilentLeavesTheCapForAMinuteOnly() throws {
        var site = try twoBoxes()
        draw(&site, 0...100, 5000)
        #expect(site.told == ["a": 6000, "b": 16_000])
        site.run(from: 101, through: 150)
        #expect(site.told == ["a": 6000, "b": 16_000])
        site.run(from: 151, through: 180)
        #expect(site.told == ["a": 12_500, "b": 12_500])
    }

    @Test func aCarThatIsNotReadyKeepsItsMinimumOnlyAfterFiveMinutes() throws {
        var site = try twoBoxes(hasMeter: false)
        site.boxes[0].state = .b
        site.run(from: 0, through: 290)
        #expect(site.told == ["a": 12_500, "b": 12_500])
        site.run(from: 291, through: 320)
        #expect(site.told == ["a": 6000, "b": 16_000])
        site.boxes[0].state = .c
        site.run(from: 321, through: 340)
        #expect(site.told == ["a": 12_500, "b": 12_500])
    }

    @Test func aCarThatIsNotReadyHandsItsTurnOn() throws {
        var site = try site([("main", 12, nil)], ["a", "b", "c"].map { (id: $0, node: "main", phases: 3) }, turn: 900)
        site.plugAll()
        site.boxes[1].state = .b
        site.run(from: 0, through: 290)
        #expect(site.charging == ["a", "b"])
        site.run(from: 291, through: 340)
        #expect(site.charging == ["a", "c"], "b did not use its turn for five minutes")
        // It is asked again after 30 minutes at the earliest, then after an hour, and not every quarter of an hour.
        var tries = 0
        var before = site.charging
        for time in 341...10_800 {
            site.tick(Double(time))
            if site.charging.contains("b"), !before.contains("b") { tries += 1 }
            before = site.charging
        }
        #expect((1...3).contains(tries), "\(tries) tries in three hours")
    }

    /// Box a draws `current` milliamperes at most, box b all it is told.
    private func draw(_ site: inout ScriptedSite, _ times: ClosedRange<Int>, _ current: Int) {
        for time in times {
            let told = site.told
            site.tick(Double(time), drawn: ["a": min(told["a"] ?? 0, current), "b": told["b"] ?? 0])
        }
    }

    /// Two boxes on 25 A that charge in state C, at 12.5 A each.
    private func twoBoxes(hasMeter: Bool = true) throws -> ScriptedSite {
        var site = try ScriptedSite(oneCircuit(fuse: 25_000, boxes: ["a", "b"], hasMeter: hasMeter))
        site.boxes = ["a", "b"].enumerated().map { BoxSnapshot(id: $1, state: .a, queue: $0) }
        site.plugAll()
        return site
    }
}
