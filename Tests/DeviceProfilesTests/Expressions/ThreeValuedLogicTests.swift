import DeviceProfiles
import DriverAPI
import Testing

@Suite struct ThreeValuedLogicTests {
    private static let context = SampleContext().with(.point("x_a"), .bool).with(.point("x_b"), .bool)

    private func result(_ text: String, _ a: Bool?, _ b: Bool?) throws -> Bool? {
        let scope = SampleScope().with("x_a", a.map(Value.bool), a == nil ? .missing : .good)
            .with("x_b", b.map(Value.bool), b == nil ? .missing : .good)
        return try value(text, scope, Self.context)?.bool
    }

    @Test(
        arguments: [
            (true, true, true), (true, false, false), (true, nil, nil), (false, true, false), (false, false, false),
            (false, nil, false), (nil, true, nil), (nil, false, false), (nil, nil, nil),
        ] as [(Bool?, Bool?, Bool?)])
    func andIsFalseWithOneFalse(a: Bool?, b: Bool?, expected: Bool?) throws {
        #expect(try result("x_a and x_b", a, b) == expected)
    }

    @Test(
        arguments: [
            (true, true, true), (true, false, true), (true, nil, true), (false, true, true), (false, false, false),
            (false, nil, nil), (nil, true, true), (nil, false, nil), (nil, nil, nil),
        ] as [(Bool?, Bool?, Bool?)])
    func orIsTrueWithOneTrue(a: Bool?, b: Bool?, expected: Bool?) throws {
        #expect(try result("x_a or x_b", a, b) == expected)
    }

    @Test(arguments: [(true, false), (false, true), (nil, nil)] as [(Bool?, Bool?)])
    func notOfUnknownIsUnknown(a: Bool?, expected: Bool?) throws {
        #expect(try result("not x_a", a, true) == expected)
    }

    @Test(arguments: ["x_a == x_b", "x_a != x_b", "if(x_b, 1, 2) == 1", "x_a in [true, x_b]", "x_a not in [x_b]"])
    func everythingElseWithAnUnknownIsUnknown(text: String) throws {
        #expect(try result(text, true, nil) == nil)
        #expect(try result(text, true, true) != nil)
        #expect(try !parsed(text, Self.context).holds(in: SampleScope(["x_a": .bool(true)])))
    }

    @Test(arguments: [
        (Quality.good, true), (.suspect, true), (.stale, false), (.noData, false), (.missing, false), (.offline, false),
        (.absent, false),
    ])
    func onlyGoodAndSuspectAreKnown(quality: Quality, isKnown: Bool) throws {
        let scope = SampleScope().with("power", .number(1), quality)
        #expect((try value("power + 1 W", scope) != nil) == isKnown)
        #expect(try value("known(power)", scope) == .bool(isKnown))
    }

    @Test func theResultIsAsBadAsTheWorstInputUsed() throws {
        let scope = SampleScope().with("power", .number(1), .suspect).with("x_limit", .number(2))
            .with("energy_total", nil, .offline).with("x_has_meter", .bool(true)).with(
                "charging_allowed", nil, .missing)
        #expect(try evaluated("power + x_limit", scope).quality == .suspect)
        #expect(try evaluated("x_limit * 2", scope).quality == .good)
        #expect(try evaluated("energy_total / 2", scope).quality == .offline)
        #expect(try evaluated("x_has_meter or charging_allowed", scope) == Evaluated(value: .bool(true)))
        #expect(try evaluated("x_has_meter and charging_allowed", scope).quality == .missing)
        #expect(try evaluated("if(x_has_meter, x_limit, power)", scope).quality == .good)
        #expect(try evaluated("if(x_has_meter, power, x_limit)", scope).quality == .suspect)
        #expect(try evaluated("first(energy_total, 5 Wh)", scope) == Evaluated(value: .number(5)))
    }

    @Test func theResultIsAsOldAsTheOldestInputUsed() throws {
        let scope = SampleScope().with("power", .number(1), at: 30).with("x_limit", .number(2), at: 20)
            .with("current.l1", .number(3), at: 10)
        #expect(try evaluated("power + x_limit", scope).time == MonotonicTime(seconds: 20))
        #expect(try evaluated("power + 1 W", scope).time == MonotonicTime(seconds: 30))
        #expect(try evaluated("if(power > 0 W, current.l1, 0 A)", scope).time == MonotonicTime(seconds: 10))
        #expect(try evaluated("if(power > 0 W, 0 A, current.l1)", scope).time == MonotonicTime(seconds: 30))
        #expect(try evaluated("1 + 1", scope).time == nil)
    }

    @Test func divisionByAValueOfZeroIsNoData() throws {
        let scope = SampleScope(["power": .number(100), "voltage.l1": .number(0)])
        #expect(try evaluated("power / voltage.l1", scope) == Evaluated(value: nil, quality: .noData))
    }

    @Test func aResultThatDoesNotFitIsNoData() throws {
        let context = SampleContext().with(.point("x_n"), .number(.number))
        let scope = SampleScope(["x_n": .number(Exact(integer: .max - 1))])
        #expect(try evaluated("x_n + x_n", scope, context) == Evaluated(value: nil, quality: .noData))
        #expect(try evaluated("x_n * 2", scope, context).quality == .noData)
        #expect(try evaluated("sum(x_n, x_n)", scope, context).quality == .noData)
        #expect(try value("x_n - x_n", scope, context) == .number(0))
    }
}
