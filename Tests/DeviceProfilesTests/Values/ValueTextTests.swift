import DeviceProfiles
import DriverAPI
import Testing

@Suite struct ValueTextTests {
    private func problem<T>(_ body: () throws(ValueProblem) -> T) -> String? {
        do {
            _ = try body()
            return nil
        } catch {
            return error.description
        }
    }

    @Test(
        arguments: [("8092", 8092), ("0x1F9C", 8092), ("0x1f9c", 8092), ("-1", -1), ("0", 0), ("0x00FF", 255)]
            as [(String, Int128)])
    func integers(text: String, number: Int128) throws {
        #expect(try ValueText.integer(text) == number)
    }

    @Test(arguments: ["", "-", "0x", "1_000", "1.0", "+1", "0xZZ", "-0x1", " 1", "1 ", "1e3", "eins", "--1"])
    func noIntegers(text: String) {
        #expect(
            problem { () throws(ValueProblem) in try ValueText.integer(text) }
                == "\"\(text)\" is not an integer such as 8092 or 0x1F9C")
    }

    @Test func leadingZerosAreRefusedEverywhere() {
        for text in ["010", "-010", "00"] {
            #expect(
                problem { () throws(ValueProblem) in try ValueText.integer(text) }
                    == "\(text): a number has no leading zero")
        }
        #expect(
            problem { () throws(ValueProblem) in try ValueText.number("01.5") } == "01.5: a number has no leading zero")
    }

    @Test(arguments: [
        ("0.06", "0.06"), ("-12.340", "-12.34"), ("5", "5"), ("0x10", "16"), ("0.0", "0"), ("-0.5", "-0.5"),
    ])
    func numbers(text: String, expected: String) throws {
        #expect(try ValueText.number(text) == (try exact(expected)))
    }

    @Test(arguments: [".5", "5.", "1.2.3", "1e5", "1,5", "nan", "-.5", "- 5"])
    func noNumbers(text: String) {
        #expect(problem { () throws(ValueProblem) in try ValueText.number(text) } != nil)
    }

    @Test func factors() throws {
        #expect(try ValueText.factor("1/256") == Exact(1, over: 256))
        #expect(try ValueText.factor("-6/4") == Exact(-3, over: 2))
        #expect(try ValueText.factor("0.06") == Exact(6, over: 100))
        #expect(
            problem { () throws(ValueProblem) in try ValueText.factor("1/0") }
                == "\"1/0\" is not a factor: the denominator is 0")
        #expect(problem { () throws(ValueProblem) in try ValueText.factor("1/2/3") } != nil)
        #expect(problem { () throws(ValueProblem) in try ValueText.factor("1/0.5") } != nil)
        #expect(problem { () throws(ValueProblem) in try ValueText.factor("1 / 2") } != nil)
    }

    @Test(arguments: [
        ("6 A", Dimension.current, "6"), ("250 mA", .current, "0.25"), ("-200 kW", .power, "-200000"),
        ("20 %", .ratio, "20"),
        ("5 permille", .ratio, "0.5"), ("12345.5 kWh", .energy, "12345500"), ("1 Ws", .energy, "1/3600"),
        ("0.5 kV", .voltage, "500"),
        ("50 Hz", .frequency, "50"), ("35.5 degC", .temperature, "35.5"), ("3 K", .temperatureDifference, "3"),
        ("1 day", .time, "86400"), ("7", .number, "7"), ("7 1", .number, "7"), ("2 kvarh", .reactiveEnergy, "2000"),
        ("1 MWh", .energy, "1000000"), ("1 MW", .power, "1000000"), ("1 kVA", .apparentPower, "1000"),
    ])
    func quantitiesAreConvertedInsideTheirDimension(text: String, dimension: Dimension, expected: String) throws {
        #expect(try ValueText.canonical(text, in: dimension) == (try exact(expected)))
    }

    @Test(arguments: [
        ("5 KWh", Dimension.energy, "unit \"KWh\" is unknown, did you mean \"kWh\"?"),
        ("6A", .current, "a quantity needs a blank between number and unit: 6 A"),
        ("-2.5kW", .power, "a quantity needs a blank between number and unit: -2.5 kW"),
        ("6Amp", .current, "unit \"Amp\" is unknown"), ("6", .current, "6 needs a unit, such as 6 A"),
        ("6 VA", .power, "VA cannot be converted to W"), ("6 Wh", .power, "Wh cannot be converted to W"),
        ("6 K", .temperature, "K cannot be converted to degC"), ("6 varh", .energy, "varh cannot be converted to Wh"),
        ("6  A", .current, "\"6  A\" is not a quantity: one blank stands before the unit"),
        ("six A", .current, "\"six\" is not an integer such as 8092 or 0x1F9C"),
        ("A", .current, "\"A\" is not a quantity such as 6 A"), ("", .power, "\"\" is not a quantity such as 6 W"),
        ("06 A", .current, "06: a number has no leading zero"),
    ])
    func whatIsWrongWithAQuantity(text: String, dimension: Dimension, sentence: String) {
        #expect(problem { () throws(ValueProblem) in try ValueText.canonical(text, in: dimension) } == sentence)
    }

    @Test func unitProblemsAreP020() {
        #expect(throws: ValueProblem.unit("KWh", nearest: "kWh")) { try ValueText.unit("KWh") }
        #expect(ValueProblem.unit("KWh", nearest: "kWh").code == "P020")
        #expect(ValueProblem.blankMissing(number: "6", unit: "A").code == "P020")
        #expect(ValueProblem.boolean("yes").code == nil)
    }

    @Test func durations() throws {
        #expect(try ValueText.duration("500 ms") == .milliseconds(500))
        #expect(try ValueText.duration("1.5 s") == .milliseconds(1500))
        #expect(try ValueText.duration("10 min") == .seconds(600))
        #expect(try ValueText.duration("1 day") == .seconds(86400))
        #expect(try ValueText.duration("0 s") == .zero)
        #expect(problem { () throws(ValueProblem) in try ValueText.duration("5") } == "5 needs a unit, such as 5 s")
        #expect(problem { () throws(ValueProblem) in try ValueText.duration("5 A") } == "A cannot be converted to s")
        #expect(
            problem { () throws(ValueProblem) in try ValueText.duration("-1 s") } == "-1 s is outside 0 s to 36500 day")
        #expect(problem { () throws(ValueProblem) in try ValueText.duration("40000 day") } != nil)
    }

    @Test(arguments: [
        ("20/year", 20, 31_536_000), ("10/day", 10, 86400), ("3/hour", 3, 3600), ("1/week", 1, 604_800),
        ("5/month", 5, 2_592_000),
    ])
    func budgets(text: String, count: Int, seconds: Int) throws {
        #expect(try ValueText.budget(text) == .init(count: count, period: .seconds(seconds)))
    }

    @Test(arguments: ["20", "20/", "/day", "20/jahr", "0/day", "-1/day", "1.5/day", "20 / day", "1/day/2"])
    func noBudgets(text: String) {
        #expect(problem { () throws(ValueProblem) in try ValueText.budget(text) } != nil)
    }

    @Test func booleansAreTrueAndFalseOnly() throws {
        #expect(try ValueText.boolean("true"))
        #expect(try !ValueText.boolean("false"))
        for text in ["yes", "on", "True", "1", ""] {
            #expect(
                problem { () throws(ValueProblem) in try ValueText.boolean(text) }
                    == "\"\(text)\" is not a boolean: write true or false")
        }
    }

    @Test func versions() throws {
        #expect(try ValueText.version("v1.18") == [1, 18])
        #expect(try ValueText.version("v1.0.7") == [1, 0, 7])
        for text in ["1.18", "v1", "v", "v1.", "v1..2", "v1.02", "v1.a", "V1.2", "v-1.2"] {
            #expect(
                problem { () throws(ValueProblem) in try ValueText.version(text) }
                    == "\"\(text)\" is not a version such as v1.18")
        }
    }

    @Test func rawNumbers() throws {
        #expect(try ValueText.raw("raw 0x03E8") == 1000)
        #expect(try ValueText.raw("raw -1") == -1)
        #expect(try ValueText.raw("10 A") == nil)
        #expect(try ValueText.raw("rawdata") == nil)
        #expect(
            problem { () throws(ValueProblem) in try ValueText.raw("raw") }
                == "\"raw\" is not a raw number such as raw 0x03E8")
        #expect(problem { () throws(ValueProblem) in try ValueText.raw("raw A") } != nil)
    }

    @Test func ranges() throws {
        #expect(try ValueText.addresses("8000..8023") == 8000...8023)
        #expect(try ValueText.addresses("0x0000..0x0057") == 0...87)
        #expect(try ValueText.addresses("8040") == 8040...8040)
        #expect(try ValueText.integers("-5..5") == -5...5)
        #expect(try ValueText.quantities("6 A..63 A", in: .current) == 6...63)
        #expect(try ValueText.quantities("1..247", in: .number) == 1...247)
        #expect(try ValueText.bits("8") == 8...8)
        #expect(try ValueText.bits("4..7") == 4...7)
        #expect(
            problem { () throws(ValueProblem) in try ValueText.addresses("9..8") }
                == "9..8: the first end must not be above the last")
        #expect(
            problem { () throws(ValueProblem) in try ValueText.addresses("-1") }
                == "-1 is outside what an address can be")
        #expect(problem { () throws(ValueProblem) in try ValueText.addresses("10.1") } != nil)
        #expect(problem { () throws(ValueProblem) in try ValueText.addresses("1..2..3") } != nil)
        #expect(problem { () throws(ValueProblem) in try ValueText.bits("64") } == "64 is outside 0 to 63")
        #expect(problem { () throws(ValueProblem) in try ValueText.quantities("63 A..6 A", in: .current) } != nil)
        #expect(
            problem { () throws(ValueProblem) in try ValueText.quantities("6..63", in: .current) }
                == "6 needs a unit, such as 6 A")
    }

    @Test func tolerances() throws {
        #expect(try ValueText.withTolerance("230 V +- 500 mV", in: .voltage) == (230, try exact("0.5")))
        let plain = try ValueText.withTolerance("11040 W", in: .power)
        #expect(plain.value == 11040)
        #expect(plain.tolerance == nil)
        #expect(problem { () throws(ValueProblem) in try ValueText.withTolerance("1 V +- -1 V", in: .voltage) } != nil)
    }

    @Test func literalsOfEveryKind() throws {
        #expect(try ValueText.value("12345500 Wh", of: .number(.Wh)) == .number(12_345_500))
        #expect(try ValueText.value("3", of: .number(.one)) == .number(3))
        #expect(try ValueText.value("true", of: .bool) == .bool(true))
        #expect(try ValueText.value("04A1", of: .text) == .text("04A1"))
        #expect(try ValueText.value("v1.18", of: .version) == .version([1, 18]))
        #expect(try ValueText.value("3", of: .member(["auto", "1", "3"])) == .number(3))
        #expect(try ValueText.value("auto", of: .member(["auto", "1", "3"])) == .member("auto"))
        #expect(try ValueText.value(["b", "bit9"], of: .flags([0: "a", 1: "b"])) == .flags(["b", "bit9"]))
        #expect(throws: ValueProblem.member("auot", members: ["auto", "1"], nearest: "auto")) {
            try ValueText.value("auot", of: .member(["auto", "1"]))
        }
        #expect(throws: ValueProblem.self) { try ValueText.value(["c"], of: .flags([0: "a"])) }
        #expect(throws: ValueProblem.self) { try ValueText.value(["1"], of: .number(.one)) }
    }

    @Test func answersToOptions() throws {
        let rated = OptionDefinition(name: "rated_current", kind: .current, range: 6...63)
        #expect(try ValueText.answer("16 A", to: rated) == .number(16))
        #expect(
            problem { () throws(ValueProblem) in try ValueText.answer("64 A", to: rated) }
                == "64 A is outside 6 A to 63 A")
        let count = OptionDefinition(name: "n", kind: .integer)
        #expect(try ValueText.answer("3", to: count) == .number(3))
        #expect(
            problem { () throws(ValueProblem) in try ValueText.answer("2.5", to: count) } == "\"2.5\" is not an integer"
        )
        let choice = OptionDefinition(name: "c", kind: .choice, choices: [("normal", LocalizedText("n"))])
        #expect(try ValueText.answer("normal", to: choice) == .member("normal"))
        #expect(
            problem { () throws(ValueProblem) in try ValueText.answer("norml", to: choice) }
                == "\"norml\" is not one of its members, did you mean \"normal\"?")
    }
}
