import DeviceProfiles
import DriverAPI
import Testing

/// Every expression of the language's examples is read, and means what its author means.
@Suite struct ExpressionExamplesTests {
    @Test func powerBrainSwitchesPhasesOnlyWithoutCharging() throws {
        let text = "state in [A, B] or not charging_allowed"
        #expect(try value(text, SampleScope(["state": .member("B"), "charging_allowed": .bool(true)])) == .bool(true))
        #expect(try value(text, SampleScope(["state": .member("C"), "charging_allowed": .bool(true)])) == .bool(false))
        #expect(try value(text, SampleScope(["state": .member("C"), "charging_allowed": .bool(false)])) == .bool(true))
        #expect(try value(text, SampleScope(["state": .member("A")])) == .bool(true))
        #expect(try value(text, SampleScope(["state": .member("C")])) == nil)
    }

    @Test func sdm630PhaseWithoutVoltageIsAbsent() throws {
        let context = SampleContext().with(.value, .number(.voltage))
        #expect(try value("value == 0 V", SampleScope(["value": .number(0)]), context) == .bool(true))
        #expect(
            try value("value == 0 V", SampleScope(["value": .number(exact("230.5"))]), context) == .bool(false))
    }

    @Test func kebaPausedIsNotAllowed() throws {
        let context = SampleContext().with(
            .point("x_keba"), .member(["starting", "not-ready", "ready", "charging", "error", "interrupted"]))
        let text = "not (x_keba in [not-ready, interrupted])"
        #expect(try value(text, SampleScope(["x_keba": .member("interrupted")]), context) == .bool(false))
        #expect(try value(text, SampleScope(["x_keba": .member("charging")]), context) == .bool(true))
    }

    @Test func kebaVariantLooksAtADigitOfTheProduct() throws {
        let context = SampleContext().with(.fact("release"), .number(.number))
        let text = "digit(fact.product, 5) == 4 and fact.release < 10201"
        func holds(_ product: Int, _ release: Int) throws -> Bool {
            let scope = SampleScope(["fact.product": .number(Exact(product)), "fact.release": .number(Exact(release))])
            return try parsed(text, context).holds(in: scope)
        }
        #expect(try holds(3_402_110, 10200))
        #expect(try !holds(3_402_110, 10201))
        #expect(try !holds(3_102_110, 10200))
        #expect(try !parsed(text, context).holds(in: SampleScope(["fact.release": .number(1)])))
    }

    @Test func benderPowerComesFromTheRegisterOrFromTheCurrents() throws {
        let text = "first(x_limit, 230 V * sum(current.*))"
        #expect(try type(of: text) == .number(.power))
        let currents = SampleScope([
            "current.l1": .number(16), "current.l2": .number(try exact("15.9")),
            "current.l3": .number(try exact("16.1")),
        ])
        #expect(try value(text, currents) == .number(11040))
        #expect(try value(text, currents.with("x_limit", .number(11000))) == .number(11000))
        #expect(try value(text, currents.with("x_limit", nil, .noData)) == .number(11040))
    }

    @Test func heidelbergLayoutBefore107HasNoTotal() throws {
        let expression = try parsed("fact.firmware < v1.0.7")
        #expect(expression.holds(in: SampleScope(["fact.firmware": .version([1, 0, 6])])))
        #expect(!expression.holds(in: SampleScope(["fact.firmware": .version([1, 0, 8])])))
        #expect(!expression.holds(in: SampleScope()))
    }

    @Test func benderLegacyModelIsOneThatIsUnknown() throws {
        #expect(try parsed("not known(fact.model)").holds(in: SampleScope().with("fact.model", nil, .absent)))
        #expect(try !parsed("not known(fact.model)").holds(in: SampleScope(["fact.model": .text("AMTRON")])))
    }

    @Test func phasesInUseFallBackToOneWithAutoAsUnknown() throws {
        let text = "first(phases_active, phases_set, 1)"
        #expect(try type(of: text) == .number(.number))
        #expect(try value(text, SampleScope(["phases_set": .member("auto")])) == .number(1))
        #expect(try value(text, SampleScope(["phases_set": .member("3")])) == .number(3))
        #expect(try value(text, SampleScope(["phases_set": .number(3)])) == .number(3))
        #expect(
            try value(text, SampleScope(["phases_set": .member("auto"), "phases_active": .number(2)])) == .number(2))
    }

    @Test func phasesMayBeComparedWithNumbersAndWords() throws {
        for three in [Value.number(3), .member("3")] {
            let scope = SampleScope(["phases_set": three])
            #expect(try value("phases_set == 3", scope) == .bool(true))
            #expect(try value("phases_set != 1", scope) == .bool(true))
            #expect(try value("phases_set == auto", scope) == .bool(false))
            #expect(try value("phases_set > 1", scope) == .bool(true))
            #expect(try value("phases_set in [2..3]", scope) == .bool(true))
        }
        let auto = SampleScope(["phases_set": .member("auto")])
        #expect(try value("phases_set == 3", auto) == .bool(false))
        #expect(try value("phases_set == auto", auto) == .bool(true))
        #expect(try value("phases_set > 1", auto) == nil)
    }
}
