import DriverAPI
import LoadManagement
import Testing

@testable import Host

/// What is set in the boxes for the time when they hear nothing.
@Suite struct FailSafePlanTests {
    private let all = FailSafeSettings(current: "failsafe_current", timeout: "failsafe_timeout")

    private func limits(
        _ limit: Int, house: NodeLoad = .fixed(.zero), boxes: [BoxSetup]
    ) throws -> SiteLimits {
        SiteLimits(
            tree: try CircuitTree([CircuitNode(id: "supply", limit: PhaseCurrents(each: limit))]),
            loads: ["supply": house], boxes: boxes)
    }

    private func box(_ id: String, watchdog: BoxAbility.Watchdog? = nil) -> BoxSetup {
        BoxSetup(id: id, node: "supply", ability: BoxAbility(maximum: 16_000, watchdog: watchdog))
    }

    private func plan(_ limits: SiteLimits, _ wanted: [String: FailSafe] = [:]) -> FailSafePlan {
        let ids = limits.boxes.map(\.id)
        return FailSafePlan(
            limits, wanted: Dictionary(uniqueKeysWithValues: ids.map { ($0, wanted[$0] ?? FailSafe()) }),
            settable: Dictionary(uniqueKeysWithValues: ids.map { ($0, all) }))
    }

    @Test func boxesFallBackToTheirMinimumWhereThatFits() throws {
        let plan = plan(try limits(20_000, boxes: [box("a"), box("b"), box("c")]))
        #expect(plan.settings.values.allSatisfy { $0.current == 6 && $0.timeout == 60 })
    }

    @Test func theyStopWhereItDoesNot() throws {
        let plan = plan(try limits(17_000, boxes: [box("a"), box("b"), box("c")]))
        #expect(plan.settings.values.allSatisfy { $0.current == 0 })
    }

    @Test func theyStopWhereNobodyKnowsTheHouse() throws {
        let boxes = [box("a")]
        #expect(plan(try limits(35_000, house: .metered(worst: nil), boxes: boxes)).settings["a"]?.current == 0)
        let known = NodeLoad.metered(worst: PhaseCurrents(each: 29_000))
        #expect(plan(try limits(35_000, house: known, boxes: boxes)).settings["a"]?.current == 6)
    }

    @Test func whatTheSiteFileSaysIsTakenAsItIs() throws {
        let limits = try limits(17_000, boxes: [box("a"), box("b")])
        let plan = plan(
            limits, ["a": FailSafe(current: .fixed(10), timeout: .seconds(30)), "b": FailSafe(isKept: true)])
        #expect(plan.settings == ["a": .init(current: 10, timeout: 30)])
    }

    @Test func aWatchdogThatRunsKeepsItsTime() throws {
        let running = BoxAbility.Watchdog(timeout: 300_000_000_000, fallback: 16_000)
        let plan = plan(try limits(20_000, boxes: [box("a", watchdog: running)]))
        #expect(plan.settings == ["a": .init(current: 6, timeout: nil)])
    }

    @Test func theCheckCountsWhatIsPlanned() throws {
        let running = BoxAbility.Watchdog(timeout: 300_000_000_000, fallback: 16_000)
        let limits = try limits(13_000, boxes: [box("a", watchdog: running), box("b")])
        #expect(LimitCheck.findings(limits).contains { $0.isError })
        #expect(LimitCheck.findings(plan(limits).applied(to: limits)).isEmpty)
    }
}
