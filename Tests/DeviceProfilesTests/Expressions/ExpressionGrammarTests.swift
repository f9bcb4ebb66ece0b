import DeviceProfiles
import DriverAPI
import Testing
import YAML

@Suite struct ExpressionGrammarTests {
    private func number(_ text: String) throws -> Expression { .literal(.number(try exact(text))) }

    @Test func productsBindTighterThanSumsThanComparisonsThanNotThanAndThanOr() throws {
        let expected = Expression.binary(
            .or,
            .binary(
                .and,
                .not(
                    .binary(
                        .equal,
                        .binary(
                            .plus, try number("1"), .binary(.times, try number("2"), try number("3"), factor: 1),
                            factor: 1),
                        try number("7"), factor: 1)),
                .literal(.bool(true)), factor: 1),
            .literal(.bool(false)), factor: 1)
        #expect(try parsed("not 1 + 2 * 3 == 7 and true or false") == expected)
    }

    @Test func sidesOfOneLevelAreTakenFromTheLeft() throws {
        #expect(try value("10 - 4 - 3") == .number(3))
        #expect(try value("24 / 4 / 3") == .number(2))
        #expect(try value("10 - (4 - 3)") == .number(9))
        #expect(try value("- - 5") == .number(5))
        #expect(try value("2 * -3") == .number(-6))
    }

    @Test(arguments: [
        ("6 A", "6"), ("0.5 kW", "500"), ("250 mA", "0.25"), ("2kWh", "2000"), ("3600 Ws", "1"), ("1.5 h", "5400"),
        ("0x10", "16"), ("0x0a A", "10"), ("5 permille", "0.5"), ("20 %", "20"), ("1 day", "86400"),
    ])
    func literalsAreCanonical(text: String, canonical: String) throws {
        #expect(try value(text) == .number(try exact(canonical)))
    }

    @Test func aHyphenInsideAWordBelongsToIt() throws {
        #expect(
            try parsed("x_status == not-ready")
                == .binary(.equal, .name(.point("x_status")), .literal(.member("not-ready")), factor: 1))
        #expect(
            try parsed("power - x_limit")
                == .binary(.minus, .name(.point("power")), .name(.point("x_limit")), factor: 1))
        #expect(
            try parsed("power -x_limit")
                == .binary(.minus, .name(.point("power")), .name(.point("x_limit")), factor: 1))
    }

    @Test func blanksAreFreeElsewhere() throws {
        #expect(try parsed("(1+2)*3<=9") == (try parsed(" ( 1 + 2 ) * 3  <= 9 ")))
        #expect(try parsed("state in[A,B]") == (try parsed("state in [ A , B ]")))
    }

    @Test func aBareWordIsAMemberExactlyBesideANameWithMembers() throws {
        let member = Expression.literal(.member("B"))
        #expect(try parsed("state == B") == .binary(.equal, .name(.point("state")), member, factor: 1))
        #expect(try parsed("B != state") == .binary(.notEqual, member, .name(.point("state")), factor: 1))
        #expect(
            try parsed("state not in [A, B]")
                == .contained(
                    .name(.point("state")), [.init(low: .literal(.member("A"))), .init(low: member)], negated: true))
        #expect(
            try parsed("option.swap == words")
                == .binary(.equal, .name(.option("swap")), .literal(.member("words")), factor: 1))
    }

    @Test func aMemberMayBeginWithADigitOrBeAFunctionOrAPointsName() throws {
        let context = SampleContext().with(.point("x_mode"), .member(["first", "power", "3p"]))
        #expect(
            try parsed("x_mode in [first, power, 3p]", context)
                == .contained(
                    .name(.point("x_mode")),
                    ["first", "power", "3p"].map { .init(low: .literal(.member($0))) }, negated: false))
    }

    @Test func namesHaveTheirReferences() throws {
        let context = SampleContext().with(.value, .number(.voltage)).with(.command, .number(.current))
        #expect(try parsed("value == 0 V", context).references == [.value])
        #expect(
            try parsed("command + option.rated_current", context).references == [.command, .option("rated_current")])
        #expect(try parsed("known(fact.model)").references == [.fact("model")])
    }

    @Test func versionsAndTextsAreLiterals() throws {
        #expect(
            try parsed("fact.firmware < v1.0.7")
                == .binary(.less, .name(.fact("firmware")), .literal(.version([1, 0, 7])), factor: 1))
        #expect(try value("fact.model == 'P30 c'", SampleScope(["fact.model": .text("P30 c")])) == .bool(true))
    }

    @Test func referencesAreListedOnceWithLanesAsPoints() throws {
        let expression = try parsed("if(x_has_meter, sum(current.*, current.l1), option.rated_current) > current.l2")
        #expect(
            expression.references == [
                .point("x_has_meter"), .point("current.l1"), .point("current.l2"), .point("current.l3"),
                .option("rated_current"),
            ])
        #expect(expression.points == ["x_has_meter", "current.l1", "current.l2", "current.l3"])
    }

    @Test func aQuotedScalarBeginsOneCharacterLater() {
        let mark = Mark(line: 7, column: 20)
        let plain = ExpressionParser.condition(Scalar("state == Z"), at: mark, context: SampleContext())
        let quoted = ExpressionParser.condition(
            Scalar("state == Z", style: .doubleQuoted), at: mark, context: SampleContext())
        #expect(plain.failure?.mark == Mark(line: 7, column: 29))
        #expect(quoted.failure?.mark == Mark(line: 7, column: 30))
    }
}

extension Result {
    /// The failure, if it is one.
    var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}
