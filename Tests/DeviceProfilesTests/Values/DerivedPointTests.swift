import DeviceProfiles
import DriverAPI
import Testing
import YAML

@Suite struct DerivedPointTests {
    private static let context = SampleContext()
        .with(.point("x_keba"), .member(["starting", "not-ready", "ready", "charging", "error", "interrupted"]))
        .with(.point("x_car"), .bool)

    /// The `state` of KEBA P30.
    private func state() throws -> PointDefinition {
        PointDefinition(
            name: "state", mark: Mark(line: 1, column: 1),
            origin: .cases([
                .init(when: try parsed("x_keba == error", Self.context), member: "F", reason: "other"),
                .init(when: try parsed("not x_car", Self.context), member: "A"),
                .init(when: try parsed("x_keba == charging", Self.context), member: "C"),
                .init(when: nil, member: "B"),
            ]))
    }

    @Test func theFirstCaseThatHoldsWins() throws {
        let state = try state()
        func result(_ keba: String, _ car: Bool) -> DecodedValue {
            state.evaluateDerived(in: SampleScope(["x_keba": .member(keba), "x_car": .bool(car)]))
        }
        #expect(result("error", true) == DecodedValue(.member("F"), reason: "other"))
        #expect(result("charging", false) == DecodedValue(.member("A"), reason: "none"))
        #expect(result("charging", true) == DecodedValue(.member("C"), reason: "none"))
        #expect(result("interrupted", true) == DecodedValue(.member("B"), reason: "none"))
    }

    @Test func anUnknownConditionBeforeAMatchIsNoData() throws {
        let state = try state()
        let scope = SampleScope().with("x_keba", .member("charging"), at: 5)
        #expect(
            state.evaluateDerived(in: scope)
                == DecodedValue(nil, quality: .noData, time: MonotonicTime(seconds: 5)))
        let fault = SampleScope().with("x_keba", .member("error"), at: 5)
        #expect(
            state.evaluateDerived(in: fault)
                == DecodedValue(.member("F"), reason: "other", time: MonotonicTime(seconds: 5)))
        #expect(state.evaluateDerived(in: scope.with("x_keba", .member("ready"), .stale)).quality == .stale)
        #expect(state.evaluateDerived(in: scope.with("x_keba", nil, .offline)).quality == .offline)
    }

    @Test func qualityAndTimeAreThoseOfTheInputsUsed() throws {
        let scope = SampleScope().with("x_keba", .member("charging"), at: 9).with("x_car", .bool(true), .suspect, at: 7)
        let result = try state().evaluateDerived(in: scope)
        #expect(
            result
                == DecodedValue(.member("C"), quality: .suspect, reason: "none", time: MonotonicTime(seconds: 7)))
    }

    @Test func anExpressionKeepsItsQualityAndMayBeTurned() throws {
        var point = PointDefinition(
            name: "power", mark: Mark(line: 1, column: 1),
            origin: .expression(try parsed("first(x_limit, 230 V * sum(current.*))")))
        point.value.kind = .number(.W)
        let scope = SampleScope().with("x_limit", .number(5), .suspect, at: 3)
        #expect(
            point.evaluateDerived(in: scope)
                == DecodedValue(.number(5), quality: .suspect, time: MonotonicTime(seconds: 3)))
        point.value.invert = .literal(.bool(true))
        #expect(point.evaluateDerived(in: scope).value == .number(-5))
        let absent = SampleScope().with("x_limit", nil, .absent).with("current.l1", nil, .absent)
            .with("current.l2", nil, .absent).with("current.l3", nil, .absent)
        #expect(point.evaluateDerived(in: absent) == .absent)
    }

    @Test func casesMayBeNumbersAndBooleans() throws {
        let cases = [
            PointDefinition.Case(when: try parsed("x_has_meter"), member: "3"),
            PointDefinition.Case(when: nil, member: "1"),
        ]
        var phases = PointDefinition(name: "phases_active", mark: Mark(line: 1, column: 1), origin: .cases(cases))
        #expect(phases.evaluateDerived(in: SampleScope(["x_has_meter": .bool(true)])).value == .number(3))
        phases.value.kind = .member(["3", "1", "auto"])
        #expect(phases.evaluateDerived(in: SampleScope(["x_has_meter": .bool(false)])).value == .number(1))
        phases.value.kind = .bool
        phases.origin = .cases([
            .init(when: try parsed("x_has_meter"), member: "true"), .init(when: nil, member: "false"),
        ])
        #expect(phases.evaluateDerived(in: SampleScope(["x_has_meter": .bool(true)])).value == .bool(true))
        #expect(phases.evaluateDerived(in: SampleScope(["x_has_meter": .bool(false)])).value == .bool(false))
    }

    @Test func aPointThatIsReadIsNotDerived() {
        #expect(point().evaluateDerived(in: SampleScope()) == .noData)
    }
}
