import DeviceProfiles
import DriverAPI
import Testing

@Suite struct ExpressionFunctionTests {
    @Test(arguments: [
        ("min(3, 1, 2)", "1"), ("max(3, 1, 2)", "3"), ("min(6 A, 500 mA)", "0.5"), ("max(7)", "7"), ("abs(-6 A)", "6"),
        ("abs(6 A)", "6"), ("round(2.5)", "3"), ("round(-2.5)", "-3"), ("round(2.4)", "2"), ("floor(2.9)", "2"),
        ("floor(-2.1)", "-3"), ("floor(5)", "5"), ("sum(1, 2, 3)", "6"), ("sum(1 A, 250 mA)", "1.25"),
        ("first(4, 5)", "4"), ("if(1 < 2, 3 A, 4 A)", "3"), ("if(1 > 2, 3 A, 4 A)", "4"), ("digit(3402110, 5)", "4"),
        ("digit(3402110, 0)", "0"), ("digit(3402110, 6)", "3"), ("digit(3402110, 7)", "0"), ("digit(-25, 0)", "5"),
        ("number(11040 W, kW)", "11.04"), ("number(1 kWh, Ws)", "3600000"), ("number(5, 1)", "5"),
        ("number(20 %, %)", "20"), ("number(20 %, permille)", "200"), ("number(90 s, min)", "1.5"),
    ])
    func functionsOfNumbers(text: String, expected: String) throws {
        #expect(try value(text) == .number(try exact(expected)))
    }

    @Test(arguments: [
        ("bit(5, 0)", true), ("bit(5, 1)", false), ("bit(5, 2)", true), ("bit(5, 63)", false), ("bit(-1, 63)", true),
    ])
    func bitCountsFromTheLowest(text: String, expected: Bool) throws {
        #expect(try value(text) == .bool(expected))
    }

    @Test(arguments: ["bit(2.5, 0)", "digit(1 / 3, 0)", "digit(1, 0 - 1)", "bit(1, 60 + 4)", "bit(1, 1 / 2)"])
    func bitsAndDigitsOfWhatIsNoIntegerAreNoData(text: String) throws {
        #expect(try evaluated(text) == Evaluated(value: nil, quality: .noData))
    }

    @Test func theExactTypesComeOut() throws {
        #expect(try type(of: "min(current.*)") == .number(.current))
        #expect(try type(of: "round(power)") == .number(.power))
        #expect(try type(of: "known(power)") == .bool)
        #expect(try type(of: "bit(fact.product, 3)") == .bool)
        #expect(try type(of: "digit(fact.product, 3)") == .number(.number))
        #expect(try type(of: "number(power, kW)") == .number(.number))
        #expect(try type(of: "first(fact.model, 'none')") == .text)
        #expect(try type(of: "if(x_has_meter, v1.0, fact.firmware)") == .version)
        #expect(try type(of: "first(power, x_broken)") == .number(.power))
    }

    @Test func lanesAreArgumentsOneByOne() throws {
        let scope = SampleScope(["current.l1": .number(5), "current.l2": .number(7), "current.l3": .number(6)])
        #expect(try value("sum(current.*)", scope) == .number(18))
        #expect(try value("min(current.*)", scope) == .number(5))
        #expect(try value("max(current.*, 8 A)", scope) == .number(8))
        #expect(try value("first(current.*)", scope) == .number(5))
    }

    @Test func sumLeavesAbsentArgumentsOut() throws {
        let scope = SampleScope(["current.l1": .number(5), "current.l3": .number(6)]).with("current.l2", nil, .absent)
        #expect(try evaluated("sum(current.*)", scope) == Evaluated(value: .number(11)))
        #expect(try value("sum(current.l2, 1 A)", scope) == .number(1))
        #expect(try evaluated("sum(current.l2, current.l2)", scope) == Evaluated(value: nil, quality: .absent))
        let missing = scope.with("current.l1", nil, .missing)
        #expect(try evaluated("sum(current.*)", missing) == Evaluated(value: nil, quality: .missing))
    }

    @Test func minimumAndMaximumNeedEveryArgument() throws {
        let scope = SampleScope(["current.l1": .number(5), "current.l3": .number(6)]).with("current.l2", nil, .absent)
        #expect(try evaluated("max(current.*)", scope) == Evaluated(value: nil, quality: .absent))
    }

    @Test func firstTakesTheFirstGoodOne() throws {
        let scope = SampleScope(["current.l3": .number(6)]).with("current.l1", nil, .absent)
            .with("current.l2", .number(5), .suspect)
        #expect(try evaluated("first(current.*)", scope) == Evaluated(value: .number(6)))
        #expect(
            try evaluated("first(current.l1, current.l2)", scope) == Evaluated(value: .number(5), quality: .suspect))
        #expect(try evaluated("first(current.l1)", scope).quality == .absent)
        let worse = scope.with("current.l3", nil, .noData)
        #expect(try evaluated("first(current.l1, current.l3)", worse).quality == .noData)
    }

    @Test func hasLooksForAFlag() throws {
        let scope = SampleScope(["x_errors": .flags(["temperature", "bit7"])])
        #expect(try value("has(x_errors, 'temperature')", scope) == .bool(true))
        #expect(try value("has(x_errors, 'contactor')", scope) == .bool(false))
        #expect(try value("has(x_errors, 'bit7')", scope) == .bool(true))
        #expect(try value("has(x_errors, 'contactor')") == nil)
    }

    @Test func knownIsNeverUnknown() throws {
        #expect(try evaluated("known(power)") == Evaluated(value: .bool(false)))
        #expect(try value("known(power + x_limit)", SampleScope(["power": .number(1)])) == .bool(false))
    }
}
