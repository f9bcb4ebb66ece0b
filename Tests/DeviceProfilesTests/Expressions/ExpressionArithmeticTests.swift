import DeviceProfiles
import DriverAPI
import Testing

@Suite struct ExpressionArithmeticTests {
    @Test(arguments: [
        ("16 A * 230 V", "3680", Dimension.power), ("230 V * 16 A", "3680", .power), ("3680 W / 230 V", "16", .current),
        ("3680 W / 16 A", "230", .voltage), ("3600 W * 1 s", "1", .energy), ("1 h * 2 kW", "2000", .energy),
        ("1 Wh / 1 s", "3600", .power), ("1 kWh / 30 min", "2000", .power), ("6 A / 2 A", "3", .number),
        ("20 % / 5 permille", "40", .number), ("6 A * 2", "12", .current), ("2 * 6 A", "12", .current),
        ("6 A / 4", "1.5", .current), ("6 A + 500 mA", "6.5", .current), ("1 kWh - 1 Wh", "999", .energy),
        ("1 / 3", "1/3", .number), ("0.1 + 0.2", "0.3", .number), ("-6 A", "-6", .current), ("7 / 2", "3.5", .number),
        ("21.5 degC - 1 degC", "20.5", .temperature),
    ])
    func quantitiesMultiplyAndDivideByTheTable(text: String, expected: String, dimension: Dimension) throws {
        #expect(try value(text) == .number(try exact(expected)))
        #expect(try type(of: text) == .number(dimension))
    }

    @Test(arguments: [
        "1 A * 1 A", "1 W * 1 V", "1 V / 1 A", "1 / 1 s", "1 W / 1 Wh", "1 VA * 1 s", "1 VA / 1 V", "1 varh / 1 s",
        "1 Wh * 1 s", "1 % * 1 A", "1 K * 1 degC", "1 s / 1 Wh",
    ])
    func otherProductsHaveNoMeaning(text: String) {
        let problem = ExpressionParser.parse(text, at: .init(line: 1, column: 1), context: SampleContext()).failure
        guard case .product? = problem?.fault else {
            Issue.record("\(text): \(String(describing: problem))")
            return
        }
    }

    @Test(arguments: [
        ("1 A < 2 A", true), ("2 A < 2 A", false), ("2 A <= 2 A", true), ("2 A > 1999 mA", true),
        ("2 A >= 2001 mA", false),
        ("1000 mA == 1 A", true), ("1 kWh != 1000 Wh", false), ("true == true", true), ("true != false", true),
        ("'a' == 'a'", true), ("'a' == 'A'", false), ("1 / 3 == 2 / 6", true), ("0.1 + 0.2 == 0.3", true),
        ("v1.10 > v1.9", true), ("v1.0 == v1.0.0", true), ("v1.0.1 > v1.0", true), ("v2.0 <= v1.99", false),
        ("5 in [1, 3..5]", true), ("2 in [1, 3..5]", false), ("3 A in [3000 mA]", true), ("2.5 in [2..3]", true),
        ("v1.5 in [v1.2..v1.7]", true), ("4 not in [1, 3..5]", false), ("4 not in [5..3]", true),
    ])
    func comparisonsAreExact(text: String, expected: Bool) throws {
        #expect(try value(text) == .bool(expected))
        #expect(try type(of: text) == .bool)
    }
}
