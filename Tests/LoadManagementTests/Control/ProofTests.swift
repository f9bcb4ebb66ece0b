import LoadManagement
import Testing

/// What a circuit's meter and the boxes' own meters prove together, and what they do not.
struct ProofTests {
    /// The meter froze while the box drew 6 A on top of a house of 10 A; the box goes up to 12 A. 16 A less 12 A is no house.
    @Test func aMeterWhoseWordsHaveNotMovedProvesNothingThatChangedSince() throws {
        var site = try metered()
        for time in 0...30 { step(&site, time, house: 10_000, drawn: 6000, words: UInt64(time)) }
        for time in 31...50 {
            let decision = step(&site, time, house: 10_000, drawn: time < 33 ? 6000 : 12_000, words: 30, shown: 16_000)
            #expect(decision.nodes["main"]?.base == PhaseCurrents(each: 10_000), "\(time) s")
        }
    }

    /// A host that has just started cannot know whether the meter froze long before. It froze at a house of 10 A without the
    /// 12 A of the box: 10 A less 12 A is no room.
    @Test func beforeAMeterHasMovedNobodyIsRaisedIntoWhatItProves() throws {
        var site = try metered()
        site.boxes[0].maximum = 12_000
        for time in 0...30 { step(&site, time, house: 10_000, drawn: 12_000, words: UInt64(time)) }
        #expect(site.told["a"] == 12_000)
        site.memory.restart(at: seconds(31))
        site.boxes[0].maximum = nil
        for time in 31...90 {
            step(&site, time, house: 10_000, drawn: 12_000, words: 1, shown: 10_000)
            #expect(site.told["a"] ?? 0 <= 25_000, "\(time) s: 35 A less the 10 A that are shown")
        }
    }

    /// Nothing flowed when it froze; 60 s after a box says that it draws, it is blind.
    @Test func aMeterThatShowsNothingWhileABoxDrawsIsFrozen() throws {
        var site = try metered()
        for time in 0...20 { step(&site, time, house: 0, drawn: 0, words: UInt64(time)) }
        for time in 21...100 { step(&site, time, house: 0, drawn: 0, words: 20, shown: 0) }
        #expect(site.tick(100).nodes["main"]?.isBlind == false, "without load the words of a meter may stand still")
        for time in 101...170 {
            let decision = step(&site, time, house: 0, drawn: 16_000, words: 20, shown: 0)
            #expect(decision.nodes["main"]?.isBlind == (time >= 161), "\(time) s")
        }
    }

    /// The box was not heard for a while; the meter was read before its car started, the box after that.
    @Test func aBoxMeasuredOnlyAfterTheMeterProvesNothing() throws {
        var site = try metered()
        for time in 0...10 { step(&site, time, house: 10_000, drawn: 0, words: UInt64(time)) }
        for time in 11...30 {
            site.measure(PhaseCurrents(each: 10_000), time)
            site.tick(Double(time))
        }
        site.measure(PhaseCurrents(each: 10_000), 31)
        site.memory.apply(.measured(PhaseCurrents(each: 8000), at: seconds(31.5)), to: "a")
        #expect(site.tick(32).nodes["main"]?.base == PhaseCurrents(each: 10_000))
    }

    /// At 31 s the car stood still for a moment: the meter does not show it, its box does before and after. 20 A of the house
    /// less the 15 A of the box are no room.
    @Test func aCarThatStopsBetweenTwoReadingsOfItsBoxMakesNoRoom() throws {
        var site = try metered()
        for time in 0...30 { step(&site, time, house: 20_000, drawn: 15_000, words: UInt64(time)) }
        #expect(site.told["a"] == 15_000)
        for time in 31...60 {
            let shown = time == 31 ? 20_000 : 35_000
            step(&site, time, house: 20_000, drawn: 15_000, words: UInt64(time), shown: shown)
            #expect(site.told["a"] == 15_000, "\(time) s")
        }
        for time in 61...80 { step(&site, time, house: 10_000, drawn: 15_000, words: UInt64(time)) }
        #expect(site.told["a"] == 25_000, "the house is read to draw less again and again")
    }

    /// As long as a box of unknown rotation may still be rising no base is sure; then one reading without the car of `a`, whose
    /// box shows it before and after, says no more than it does else.
    @Test func withoutASureBaseOneReadingRaisesNobodyEither() throws {
        var limits = try metered().limits
        limits.tree = try CircuitTree([CircuitNode(id: "main", limit: PhaseCurrents(each: 41_000))])
        var other = limits.boxes[0]
        (other.id, other.rotation) = ("u", .unknown)
        limits.boxes.append(other)
        var site = ScriptedSite(limits)
        site.boxes = [BoxSnapshot(id: "a", state: .c), BoxSnapshot(id: "u", state: .c, queue: 1, maximum: 6000)]
        for time in 0...60 {
            if time == 20 { site.boxes[1].maximum = 7000 }
            let drawn = max(0, site.told["a"] ?? 0)
            site.measure(PhaseCurrents(each: 20_000 + (time == 36 ? 0 : drawn)), time)
            site.tick(Double(time), drawn: ["a": drawn, "u": 0])
            if time == 19 { #expect(site.told == ["a": 15_000, "u": 6000]) }
            if time >= 30 { #expect(site.told == ["a": 14_000, "u": 7000], "\(time) s") }
        }
    }

    /// The car of `a` stopped while its box was asked, and the box is not heard of any more: its last reading is as young as
    /// the meter's, which shows it no more.
    @Test func aCarThatStopsWhileItsBoxIsAskedMakesNoRoom() throws {
        var limits = try metered().limits
        limits.tree = try CircuitTree([CircuitNode(id: "main", limit: PhaseCurrents(each: 50_000))])
        var other = limits.boxes[0]
        other.id = "b"
        limits.boxes.append(other)
        var site = ScriptedSite(limits)
        site.boxes = [BoxSnapshot(id: "a", state: .c), BoxSnapshot(id: "b", state: .c, queue: 1)]
        for time in 0...45 {
            let (first, second) = (max(0, site.told["a"] ?? 0), max(0, site.told["b"] ?? 0))
            site.measure(PhaseCurrents(each: 20_000 + second + (time < 31 ? first : 0)), time)
            site.tick(Double(time), drawn: time <= 31 ? ["a": first, "b": second] : ["b": second])
            if time >= 30 { #expect(site.told == ["a": 15_000, "b": 15_000], "\(time) s") }
        }
    }

    @discardableResult
    private func step(
        _ site: inout ScriptedSite, _ time: Int, house: Int, drawn: Int, words: UInt64, shown: Int? = nil
    ) -> Decision {
        site.meters["main"] = MeterSample(
            at: seconds(Double(time)), current: PhaseCurrents(each: shown ?? house + drawn), counter: nil, words: words)
        return site.tick(Double(time), drawn: ["a": drawn])
    }

    private func metered() throws -> ScriptedSite {
        let load = NodeLoad.metered(worst: PhaseCurrents(each: 20_000))
        var limits = try oneCircuit(fuse: 35_000, boxes: ["a"], load: load, hasMeter: true)
        limits.boxes[0].ability.maximum = 32_000
        limits.boxes[0].ability.rated = 32_000
        limits.reclaim = nil
        var site = ScriptedSite(limits)
        site.boxes = [BoxSnapshot(id: "a", state: .c)]
        return site
    }
}
