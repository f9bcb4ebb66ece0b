import LoadManagement
import Testing

/// The timelines of the scenario file that need neither rotation nor surplus nor reclaim.
struct TimelineTests {
    /// T3: lower first, raise after acknowledgement + 5 s.
    @Test func aRaiseWaitsForTheLowering() throws {
        var site = try ScriptedSite(oneCircuit(fuse: 16_000, boxes: ["a", "b"]))
        site.boxes = [BoxSnapshot(id: "a", state: .c), BoxSnapshot(id: "b", state: .a, queue: 1)]
        site.run(from: -30, through: 9)
        #expect(site.told == ["a": 16_000, "b": 0])
        site.boxes[1].state = .b
        site.tick(10)
        #expect(site.told == ["a": 8000, "b": 0])
        site.run(from: 11, through: 15)
        #expect(site.told == ["a": 8000, "b": 0])
        site.tick(16)
        #expect(site.told == ["a": 8000, "b": 8000])
    }

    /// T4: the lowered box never acknowledges and has no watchdog.
    @Test func withoutAnAcknowledgementNobodyIsRaised() throws {
        var site = try ScriptedSite(oneCircuit(fuse: 16_000, boxes: ["a", "b"]))
        site.boxes = [BoxSnapshot(id: "a", state: .c), BoxSnapshot(id: "b", state: .a, queue: 1)]
        site.run(from: -30, through: 9)
        site.boxes[1].state = .b
        site.tick(10)
        site.muted = ["a"]
        #expect(site.told == ["a": 8000, "b": 0])
        site.run(from: 11, through: 600)
        #expect(site.told["b"] == 0)
    }

    /// T5: with a watchdog of 30 s, 7 s of margin and a fall-back of 6 A, the rest is released at 47 s.
    @Test func aSilentBoxIsReleasedWhenItsWatchdogHasRunOut() throws {
        let watchdog = BoxAbility.Watchdog(timeout: seconds(30), margin: seconds(7), fallback: 6000)
        var site = try ScriptedSite(oneCircuit(fuse: 16_000, boxes: ["a", "b"], watchdog: watchdog))
        site.boxes = [BoxSnapshot(id: "a", state: .c), BoxSnapshot(id: "b", state: .a, queue: 1)]
        site.run(from: -30, through: 9)
        site.boxes[1].state = .b
        site.tick(10)
        site.muted = ["a"]
        #expect(site.told == ["a": 8000, "b": 0])
        site.run(from: 11, through: 46)
        #expect(site.told["b"] == 0)
        let decision = site.tick(47)
        #expect(site.told == ["a": 6000, "b": 10_000])
        #expect(decision.boxes["a"]?.booked == PhaseCurrents(each: 6000))
        #expect(decision.boxes["a"]?.reason == .reserved)
    }

    /// T8: the meter is silent from 100 s to 160 s; the worst-case house is 25 A.
    @Test func withoutItsMeterTheWorstHouseCounts() throws {
        let load = NodeLoad.metered(worst: PhaseCurrents(each: 25_000))
        var site = try ScriptedSite(oneCircuit(fuse: 35_000, boxes: ["a", "b"], load: load, hasMeter: true))
        site.boxes = [BoxSnapshot(id: "a", state: .c), BoxSnapshot(id: "b", state: .c, queue: 1)]
        for time in 0...170 {
            // The boxes draw what they are told; the meter shows it together with the house.
            let drawn = draw(&site, time)
            let house = PhaseCurrents(20_000, 10_000, 5000)
            if time < 100 || time >= 160 { site.measure(house + drawn, time) }
            site.tick(Double(time))
            switch time {
            case 90...109: #expect(site.told == ["a": 7500, "b": 7500], "\(time) s")
            case 110...159: #expect(site.told == ["a": 7500, "b": 0], "\(time) s")
            case 165...: #expect(site.told == ["a": 7500, "b": 7500], "\(time) s")
            default: break
            }
        }
    }

    /// T9: the house rises by 10 A on L1; the boxes are lowered within one reading and one tick.
    @Test func aJumpOfTheHouseLowersInTheSameTick() throws {
        let load = NodeLoad.metered(worst: nil)
        var site = try ScriptedSite(oneCircuit(fuse: 35_000, boxes: ["a", "b"], load: load, hasMeter: true))
        site.boxes = [BoxSnapshot(id: "a", state: .c), BoxSnapshot(id: "b", state: .c, queue: 1)]
        for time in 0...110 {
            let house = PhaseCurrents(time < 101 ? 10_000 : 20_000, 0, 0)
            let drawn = draw(&site, time)
            site.measure(house + drawn, time)
            site.tick(Double(time))
            if (80...100).contains(time) { #expect(site.told == ["a": 12_500, "b": 12_500], "\(time) s") }
            if time >= 101 { #expect(site.told == ["a": 7500, "b": 7500], "\(time) s") }
        }
    }

    /// T12: after a restart told values stay reserved until a box answers or its watchdog has run out.
    @Test func aRestartForgetsNothing() throws {
        let watchdog = BoxAbility.Watchdog(timeout: seconds(30), margin: seconds(7), fallback: 6000)
        var site = try ScriptedSite(oneCircuit(fuse: 32_000, boxes: ["a", "b", "c"], watchdog: watchdog))
        site.boxes = ["a", "b"].enumerated().map { BoxSnapshot(id: $1, state: .c, queue: $0) }
        site.boxes[1].maximum = 10_000
        site.boxes.append(BoxSnapshot(id: "c", state: .a, queue: 2))
        site.run(from: -60, through: -1)
        #expect(site.told == ["a": 16_000, "b": 10_000, "c": 0])
        site.memory.restart(at: seconds(0))
        site.boxes[1].maximum = nil
        site.boxes[2].state = .b
        site.muted = ["a", "b"]
        site.run(from: 0, through: 1)
        #expect(site.told["a"] == 16_000 && site.told["b"] == 10_000)
        site.muted = ["b"]
        site.tick(2)
        #expect(site.told["a"] == 11_000 && site.told["b"] == 10_000)
        // Box c may have fallen back to its 6 A while nobody watched, and is told its stop again first.
        site.run(from: 3, through: 7)
        #expect(site.told["c"] == 6000)
        site.tick(8)
        #expect(site.told == ["a": 11_000, "b": 10_000, "c": 11_000])
        site.run(from: 9, through: 36)
        #expect(site.told == ["a": 11_000, "b": 10_000, "c": 11_000])
        site.tick(37)
        #expect(site.told == ["a": 13_000, "b": 6000, "c": 13_000])
    }

    /// The boxes' own meters, and what they draw together on each phase.
    private func draw(_ site: inout ScriptedSite, _ time: Int) -> PhaseCurrents {
        var sum = PhaseCurrents.zero
        for (id, booking) in site.memory.bookings {
            let drawn = PhaseCurrents(each: booking.lastTold?.value ?? 0)
            site.memory.apply(.measured(drawn, at: seconds(Double(time))), to: id)
            sum += drawn
        }
        return sum
    }
}

extension ScriptedSite {
    mutating func measure(_ current: PhaseCurrents, _ time: Int) {
        meters["main"] = MeterSample(
            at: seconds(Double(time)), current: current, counter: Int64(time), words: UInt64(bitPattern: Int64(time)))
    }
}
