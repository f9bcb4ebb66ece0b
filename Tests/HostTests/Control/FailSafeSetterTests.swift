import DriverAPI
import LoadManagement
import Testing

@testable import Host

/// How fall-back currents and watchdogs get into the boxes.
@Suite struct FailSafeSetterTests {
    private let takes = FailSafeSettings(current: "failsafe_current", timeout: "failsafe_timeout")
    private let start = MonotonicTime(seconds: 1000)

    private func box(_ id: String, current: Exact, timeout: Exact, connections: Int = 1) -> DeviceState {
        var state = DeviceState(
            entry: SiteDevice(id: id, profile: "fake", address: "10.0.0.1"), title: "", deviceClass: .wallbox)
        state.link = .online
        state.connections = connections
        state.description = DeviceDescription(
            deviceClass: .wallbox, charging: ChargingAbility(maximum: 16, failSafe: takes))
        for (point, value) in [("failsafe_current", current), ("failsafe_timeout", timeout)] {
            state.readings[point] = Reading(point: point, value: .number(value), quality: .good, time: start)
        }
        return state
    }

    private func limits(_ limit: Int, _ fallbacks: [String: Int]) throws -> SiteLimits {
        SiteLimits(
            tree: try CircuitTree([CircuitNode(id: "supply", limit: PhaseCurrents(each: limit))]),
            boxes: fallbacks.sorted { $0.key < $1.key }.map { id, fallback in
                BoxSetup(
                    id: id, node: "supply",
                    ability: BoxAbility(
                        maximum: 16_000, watchdog: .init(timeout: 60_000_000_000, fallback: fallback)))
            })
    }

    private func plan(_ limits: SiteLimits) -> FailSafePlan {
        let ids = limits.boxes.map(\.id)
        return FailSafePlan(
            limits,
            wanted: Dictionary(uniqueKeysWithValues: ids.map { ($0, FailSafe(timeout: .seconds(60))) }),
            settable: Dictionary(uniqueKeysWithValues: ids.map { ($0, takes) }))
    }

    @Test func oneValueAfterTheOther() throws {
        var setter = FailSafeSetter()
        let limits = try limits(20_000, ["a": 16_000])
        let state = box("a", current: 16, timeout: 300)
        let first = setter.writes([state], plan(limits), limits, at: start)
        #expect(first == [.init(box: "a", point: "failsafe_current", value: 6)])
        let meanwhile = setter.writes([state], plan(limits), limits, at: start.advanced(by: .seconds(30)))
        #expect(meanwhile == [])
        setter.ended(first[0], isRefused: false, at: start)
        let second = setter.writes(
            [box("a", current: 6, timeout: 300)], plan(limits), limits, at: start.advanced(by: .seconds(61)))
        #expect(second == [.init(box: "a", point: "failsafe_timeout", value: 60)])
        setter.ended(second[0], isRefused: false, at: start)
        let third = setter.writes(
            [box("a", current: 6, timeout: 60)], plan(limits), limits, at: start.advanced(by: .seconds(200)))
        #expect(third == [])
    }

    @Test func aHigherFallBackWaitsUntilItFitsBesideTheOthers() throws {
        var setter = FailSafeSetter()
        let before = try limits(16_000, ["a": 0, "b": 16_000])
        let plan = plan(before)
        let states = [box("a", current: 0, timeout: 60), box("b", current: 16, timeout: 60)]
        let first = setter.writes(states, plan, before, at: start)
        #expect(first == [.init(box: "b", point: "failsafe_current", value: 6)])
        let after = try limits(16_000, ["a": 0, "b": 6000])
        let second = setter.writes([box("a", current: 0, timeout: 60)], plan, after, at: start)
        #expect(second == [.init(box: "a", point: "failsafe_current", value: 6)])
        #expect(setter.pending["a"] == 6)
    }

    @Test func aBoxThatRefusesIsLeftAloneForAnHourUnlessItComesBack() throws {
        var setter = FailSafeSetter()
        let limits = try limits(20_000, ["a": 16_000])
        let state = box("a", current: 16, timeout: 60)
        let writes = setter.writes([state], plan(limits), limits, at: start)
        let write = try #require(writes.first)
        setter.ended(write, isRefused: true, at: start)
        let soon = setter.writes([state], plan(limits), limits, at: start.advanced(by: .seconds(3000)))
        #expect(soon == [])
        let again = box("a", current: 16, timeout: 60, connections: 2)
        let back = setter.writes([again], plan(limits), limits, at: start.advanced(by: .seconds(3000)))
        #expect(back.count == 1)
    }
}
