import DeviceProfiles
import DriverAPI
import TestTools
import Testing
import YAML

@Suite struct ExpressionFaultTests {
    /// Text, position of the fault from 0, sentence.
    static let faults: [(String, Int, String)] = [
        ("", 0, "an expression is expected, this is empty"),
        ("   ", 0, "an expression is expected, this is empty"),
        ("power > ", 8, "expected a value, found the end"),
        ("power = 5 W", 6, "expected \"==\", found \"=\""),
        ("power & 5 W", 6, "\"&\" cannot stand in an expression"),
        ("fact.model == 'abc", 14, "the text has no closing '"),
        ("power > 05 W", 8, "05 is not a number the language knows (no leading zeros, at most 38 digits)"),
        (
            "1 + 999999999999999999999999999999999999999", 4,
            "999999999999999999999999999999999999999 is not a number the language knows (no leading zeros, at most 38 digits)"
        ),
        ("(power > 5 W", 12, "expected \")\", found the end"),
        ("power > 5 W)", 11, "expected an operator or the end, found \")\""),
        ("state in A", 9, "expected \"[\", found \"A\""),
        ("state in [A B]", 12, "expected \",\" or \"]\", found \"B\""),
        ("state not [A]", 10, "expected \"in\", found \"[\""),
        ("and power", 0, "expected a value, found \"and\""),
        ("power power", 6, "expected an operator or the end, found \"power\""),
        ("min(power x_limit)", 10, "expected \",\" or \")\", found \"x_limit\""),
        ("power > 5 KW", 10, "unit \"KW\" is unknown, did you mean \"kW\"?"),
        ("power > 5KW", 9, "unit \"KW\" is unknown, did you mean \"kW\"?"),
        ("power > 5 parsecs", 10, "unit \"parsecs\" is unknown"),
        ("1 < 2 < 3", 6, "comparisons cannot be chained: join two with \"and\""),
        ("state == A in [true]", 11, "comparisons cannot be chained: join two with \"and\""),
        ("powr > 5 W", 0, "name \"powr\" is unknown, did you mean \"power\"?"),
        (
            "1 A < option.rated_curent", 6,
            "name \"option.rated_curent\" is unknown, did you mean \"option.rated_current\"?"
        ),
        ("power-x_limit > 0 W", 0, "\"power-x_limit\" is one word: a minus needs blanks around it"),
        ("power > x_limit-5", 8, "\"x_limit-5\" is one word: a minus needs blanks around it"),
        ("5-power", 0, "\"5-power\" is one word: a minus needs blanks around it"),
        ("value == 0 V", 0, "\"value\" has no meaning here"),
        ("told > 6 A", 0, "\"told\" has no meaning here"),
        ("current.* > 6 A", 0, "current.* stands for several points: use it inside sum, min, max or first"),
        ("1 A < abs(current.*)", 10, "current.* stands for several points: use it inside sum, min, max or first"),
        ("sum(curent.*)", 4, "name \"curent.*\" is unknown, did you mean \"current.*\"?"),
        ("summ(current.*)", 0, "function \"summ\" is unknown, did you mean \"sum\"?"),
        ("state == Q", 9, "state has no member \"Q\"; it has A, B, C, D, E, F"),
        ("x_status in [ready, not-redy]", 20, "x_status has no member \"not-redy\", did you mean \"not-ready\"?"),
        ("option.swap == wrds", 15, "option.swap has no member \"wrds\", did you mean \"words\"?"),
        ("state == 'A'", 9, "a member is written without quotes: A"),
        ("state < B", 0, "a member has no order: only numbers, quantities and versions can be less or greater"),
        ("fact.model > 'a'", 0, "text has no order: only numbers, quantities and versions can be less or greater"),
        ("power == 0", 9, "0 has no unit: write 0 W"),
        ("0 < power", 0, "0 has no unit: write 0 W"),
        ("power + 5", 8, "5 has no unit: write 5 W"),
        ("power == current_limit", 6, "== needs two sides of one type: these are a quantity in W and a quantity in A"),
        ("power == true", 6, "== needs two sides of one type: these are a quantity in W and a boolean"),
        ("state == x_has_meter", 9, "state has no member \"x_has_meter\"; it has A, B, C, D, E, F"),
        ("min(power, 5)", 11, "5 has no unit: write 5 W"),
        ("min(power, 5 A)", 11, "min needs two sides of one type: these are a quantity in W and a quantity in A"),
        ("if(x_has_meter, power, state)", 23, "if needs two sides of one type: these are a quantity in W and a member"),
        ("not power", 4, "not needs a boolean, this is a quantity in W"),
        ("x_has_meter and 1", 16, "and needs a boolean, this is a number"),
        ("fact.model or x_has_meter", 0, "or needs a boolean, this is text"),
        ("-x_has_meter", 1, "- needs a number or quantity, this is a boolean"),
        ("x_has_meter + 1", 0, "+ needs a number or quantity, this is a boolean"),
        ("abs(state)", 4, "abs needs a number or quantity, this is a member"),
        ("sum(power, state)", 11, "sum needs numbers or quantities, this is a member"),
        ("if(power, 1, 2)", 3, "if needs a boolean, this is a quantity in W"),
        ("power * power", 6, "a quantity in W times a quantity in W has no meaning the language knows"),
        ("1 / power", 2, "a number divided by a quantity in W has no meaning the language knows"),
        ("power / 0", 8, "division by 0"),
        ("power / (3 - 3)", 11, "division by 0"),
        ("abs(power, 1)", 0, "abs takes one argument, here are 2"),
        ("min()", 0, "min takes at least one argument, here are 0"),
        ("if(true, 1)", 0, "if takes three arguments, here are 2"),
        ("bit(power, 1)", 4, "bit needs a number without unit, this is a quantity in W"),
        ("bit(fact.product, 64)", 18, "no number has bit 64"),
        ("bit(fact.product, 0.5)", 18, "no number has bit 0.5"),
        ("digit(fact.product, 40)", 20, "no number has digit 40"),
        ("has(x_errors, 'temprature')", 14, "there is no flag \"temprature\", did you mean \"temperature\"?"),
        ("has(state, 'A')", 4, "has needs a point with flags, this is a member"),
        ("has(x_errors, temperature)", 14, "expected the name of a flag in single quotes, found something else"),
        ("x_errors == x_errors", 9, "== needs has(…), this is a set of flags"),
        ("number(power, A)", 14, "a quantity in W cannot be given in A"),
        ("number(power, kw)", 14, "unit \"kw\" is unknown, did you mean \"kW\"?"),
        ("number(power)", 0, "number takes two arguments, here are 1"),
        ("state in [A..C]", 10, "a member has no order: only numbers, quantities and versions can be less or greater"),
        ("power in [1..2]", 10, "1 has no unit: write 1 W"),
        ("% > 1", 0, "expected a value, found \"%\""),
    ]

    @Test(arguments: faults)
    func everyFaultHasItsPlaceAndItsSentence(text: String, offset: Int, sentence: String) {
        let result = ExpressionParser.parse(text, at: Mark(line: 3, column: 11), context: SampleContext())
        #expect(result.failure?.mark == Mark(line: 3, column: 11 + offset))
        #expect(result.failure?.message == sentence)
        #expect(result.failure?.code == "P040")
    }

    @Test func aResultOfTheWrongTypeIsToldAtTheBeginning() {
        let mark = Mark(line: 3, column: 11)
        let result = ExpressionParser.parse("power + 1 W", yielding: .bool, at: mark, context: SampleContext())
        #expect(result.failure?.mark == mark)
        #expect(result.failure?.message == "a boolean is needed here, this is a quantity in W")
        let current = ExpressionParser.parse(
            "option.rated_current", yielding: .number(.current), at: mark, context: SampleContext())
        #expect(current.failure == nil)
    }

    @Test func endlessTextsAndNestsAreRefused() {
        let mark = Mark(line: 1, column: 1)
        let long = String(repeating: " ", count: 2001)
        #expect(ExpressionParser.parse(long, at: mark, context: SampleContext()).failure?.fault == .tooLong(2000))
        for nest in ["(", "not ", "- ", "abs("] {
            let deep = String(repeating: nest, count: 300) + "1"
            #expect(ExpressionParser.parse(deep, at: mark, context: SampleContext()).failure?.fault == .tooDeep(64))
        }
    }

    @Test func aNameWithAProblemOfItsOwnGivesNoSecondOne() {
        for text in [
            "x_broken == B", "B != x_broken", "x_broken in [B, 3p, 4]", "x_broken + 1 A > 2 A", "not x_broken",
            "has(x_broken, 'x')", "sum(x_broken, 1 A)",
        ] {
            let result = ExpressionParser.parse(text, at: Mark(line: 1, column: 1), context: SampleContext())
            #expect(result.failure == nil, "\(text)")
        }
    }

    @Test func theLargestNumbersNeverTrap() {
        let largest = "170141183460469231731687303715884105727"
        let parts = [
            largest, "-\(largest)", "(1 / \(largest))", "0.5", "-1", "(\(largest) / 2)", "(1 - \(largest))", "0",
        ]
        var texts: [String] = []
        for a in parts {
            texts += ["round", "floor", "abs", "-", "number", "digit", "bit"].map { function in
                switch function {
                case "number": "number(\(a), 1)"
                case "digit", "bit": "\(function)(\(a), 3)"
                default: "\(function)(\(a))"
                }
            }
            for b in parts {
                texts += ["+", "-", "*", "/", "<", "=="].map { "\(a) \($0) \(b)" }
                texts += ["sum", "min", "max", "first"].map { "\($0)(\(a), \(b))" }
            }
        }
        for text in texts {
            switch ExpressionParser.parse(text, at: Mark(line: 1, column: 1), context: SampleContext()) {
            case .failure(let problem): #expect(problem.fault == .divisionByZero, "\(text)")
            case .success((let expression, _)):
                let result = expression.evaluate(in: EmptyScope())
                #expect((result.value == nil) == (result.quality == .noData), "\(text)")
                if let number = result.value?.number { #expect(number.negated.negated == number) }
            }
        }
    }

    @Test func nonsenseNeverTraps() {
        var random = SeededGenerator(seed: 7)
        let pieces = [
            "power", "current.*", "state", "A", "(", ")", "[", "]", ",", "..", "==", "<", "in", "not", "and", "or", "-",
            "5",
            "0x", "'", "v1.2", "%", "W", "kW", "min", "if", "first", "*", "/", "0", "é", ".", "number", "\u{0}", "1e5",
            " ",
        ]
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined(separator: Bool.random(using: &random) ? " " : "")
            let result = ExpressionParser.parse(text, at: Mark(line: 1, column: 1), context: SampleContext())
            if let problem = result.failure {
                #expect(problem.mark.column <= text.unicodeScalars.count + 1)
                #expect(!problem.message.isEmpty)
            } else if case .success((let expression, _)) = result {
                _ = expression.evaluate(in: SampleScope(["power": .number(5), "state": .member("A")]))
            }
        }
    }
}
