import DriverAPI
import LoadManagement
import Testing

@testable import Host

/// What people choose for the car at a box.
@Suite struct ChargingChoicesTests {
    private let start = MonotonicTime(seconds: 1000)

    private func box(_ state: String, counter: Exact? = nil, power: Exact? = nil, soc: Exact? = nil) -> DeviceState {
        var device = DeviceState(
            entry: SiteDevice(id: "a", profile: "fake", address: "10.0.0.1"), title: "", deviceClass: .wallbox)
        let values: [(String, Value?)] = [
            ("state", .text(state)), ("energy_total", counter.map(Value.number)), ("power", power.map(Value.number)),
            ("vehicle_soc", soc.map(Value.number)),
        ]
        for (point, value) in values {
            guard let value else { continue }
            device.readings[point] = Reading(point: point, value: value, quality: .good, time: start)
        }
        return device
    }

    @Test func aChoiceHoldsUntilTheCarIsUnplugged() {
        var choices = ChargingChoices()
        choices.set(ChargingChoice(mode: .surplus), for: "a")
        for state in ["A", "B", "C", "B"] { choices.note(box(state), at: start) }
        #expect(choices.all["a"]?.mode == .surplus)
        choices.note(box("A"), at: start)
        #expect(choices.all.isEmpty)
    }

    @Test func whatIsStoredGoesOnAfterARestart() throws {
        var choices = ChargingChoices()
        choices.set(ChargingChoice(mode: .off), for: "a")
        choices.note(box("B"), at: start)
        let changes = choices.takeChanges()
        let stored = try #require(changes)
        let more = choices.takeChanges()
        #expect(more == nil)
        var restarted = ChargingChoices(stored)
        #expect(restarted.all["a"]?.mode == .off)
        restarted.note(box("A"), at: start)
        #expect(restarted.all.isEmpty)
    }

    @Test func theCounterTellsWhatIsLeft() throws {
        var choices = ChargingChoices()
        choices.set(ChargingChoice(mode: .target, goal: .init(energy_wh: 20_000, by: 5000)), for: "a")
        choices.note(box("C", counter: 100_000), at: start)
        choices.note(box("C", counter: 103_000), at: start.advanced(by: .seconds(600)))
        let goal = try #require(choices.goal(box("C"), at: start, wall: 1400))
        #expect(goal.energy == 17_000_000)
        #expect(goal.by == start.nanoseconds + 3_600_000_000_000)
    }

    @Test func withoutACounterThePowerIsSummedUp() throws {
        var choices = ChargingChoices()
        choices.set(ChargingChoice(mode: .target, goal: .init(energy_wh: 20_000, by: 5000)), for: "a")
        choices.note(box("C", power: 11_000), at: start)
        choices.note(box("C", power: 11_000), at: start.advanced(by: .seconds(1800)))
        #expect(choices.goal(box("C"), at: start, wall: 0)?.energy == 14_500_000)
    }

    @Test func theCarsOwnStateOfChargeCounts() {
        var choices = ChargingChoices()
        choices.set(
            ChargingChoice(mode: .target, goal: .init(soc: 80, capacity_wh: 60_000, by: 5000)), for: "a")
        #expect(choices.goal(box("C", soc: 30), at: start, wall: 0)?.energy == 30_000_000)
        #expect(choices.goal(box("C", soc: 90), at: start, wall: 0)?.energy == 0)
    }

    @Test func aWrongChoiceIsRefusedWithTheReason() {
        #expect(ChargingChoice(mode: .fast).problem(socIsKnown: false) == nil)
        #expect(ChargingChoice(mode: .target).problem(socIsKnown: true) != nil)
        #expect(ChargingChoice(mode: .fast, goal: .init(energy_wh: 1000, by: 1)).problem(socIsKnown: true) != nil)
        let soc = ChargingChoice(mode: .target, goal: .init(soc: 80, capacity_wh: 60_000, by: 1))
        #expect(soc.problem(socIsKnown: true) == nil)
        #expect(soc.problem(socIsKnown: false)?.contains("state of charge") ?? false)
    }
}
