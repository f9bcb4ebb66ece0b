import DriverAPI
import LoadManagement
import Testing

@testable import Host

/// What limits the boxes from outside.
@Suite struct PowerBudgetsTests {
    private let start = MonotonicTime(seconds: 1000)

    private func world(_ input: LimitInput, boxes: Int) -> (site: Site, states: [DeviceState]) {
        var found = site(32, (1...boxes).map { "a\($0)" }, meter: true)
        found.limits = [input]
        let states = found.devices.map {
            DeviceState(entry: $0, title: "", deviceClass: $0.role == nil ? .wallbox : .meter)
        }
        return (found, states)
    }

    private func relay(_ power: LimitInput.Power, isActiveLow: Bool = false, whenLost: Bool = true) -> LimitInput {
        LimitInput(
            id: "relay", device: "grid", point: "x_relay", isActiveLow: isActiveLow, power: power,
            isActiveWhenLost: whenLost)
    }

    private func budgets(
        _ input: LimitInput, _ value: Value?, boxes: Int = 2, ownPower: Int = 0, age: Duration = .zero
    ) -> [PowerLimit] {
        var (site, states) = world(input, boxes: boxes)
        states[boxes].link = .online
        if let value {
            states[boxes].readings["x_relay"] = Reading(point: "x_relay", value: value, quality: .good, time: start)
        }
        let active = InputReader.active(site.limits, states, at: start.advanced(by: age))
        return PowerBudgets.budgets(nil, active, states, site, ownPower: ownPower)
    }

    @Test func aRelayDimsToWhatSeveralBoxesShare() {
        // BK6-22-300: 4.2 kW for the first, 0.8 of that for the second; 0.65 with five.
        #expect(budgets(relay(.shared), .bool(true)).map(\.milliwatts) == [7_560_000])
        #expect(budgets(relay(.shared), .number(1), boxes: 5).map(\.milliwatts) == [15_120_000])
        #expect(budgets(relay(.each), .bool(true)).map(\.milliwatts) == [8_400_000])
        #expect(budgets(relay(.shared), .bool(false)).isEmpty)
        #expect(budgets(relay(.shared), .bool(true)).map(\.cause) == [.dimming])
    }

    @Test func ownGenerationMayBeUsedBeyondIt() {
        #expect(budgets(relay(.fixed(4200)), .bool(true), ownPower: 3_000_000).map(\.milliwatts) == [7_200_000])
    }

    @Test func aRelayThatOpensOnABrokenWire() {
        #expect(budgets(relay(.fixed(4200), isActiveLow: true), .bool(false)).count == 1)
        #expect(budgets(relay(.fixed(4200), isActiveLow: true), .bool(true)).isEmpty)
    }

    @Test func aRegisterSaysHowMuch() {
        var input = relay(.value)
        input.kind = .operator
        #expect(budgets(input, .number(5500)).map(\.milliwatts) == [5_500_000])
        #expect(budgets(input, .number(-1)).map(\.milliwatts) == [0])
    }

    @Test func anInputThatIsLostLimitsUnlessTheSiteSaysOtherwise() {
        #expect(budgets(relay(.fixed(4200)), nil).count == 1)
        #expect(budgets(relay(.fixed(4200)), .bool(false), age: .seconds(91)).count == 1)
        #expect(budgets(relay(.fixed(4200), whenLost: false), nil).isEmpty)
        #expect(budgets(relay(.value), nil).map(\.milliwatts) == [0])
    }

    @Test func anOperatorsLimitCounts() {
        let (site, states) = world(relay(.shared), boxes: 1)
        let budgets = PowerBudgets.budgets(OperatorLimit(power_w: 4200), [], states, site, ownPower: 9_000_000)
        #expect(budgets == [PowerLimit(milliwatts: 4_200_000, cause: .operator)])
    }
}
