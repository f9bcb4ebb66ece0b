import DriverAPI
import Testing

@Suite struct ExactArithmeticTests {
    private static let largest = Exact(integer: .max)

    @Test(
        arguments: [
            (23050, 2, "230.5"), (-125, 3, "-0.125"), (0, 9, "0"), (7, 0, "7"), (1, 18, "0.000000000000000001"),
            (1_000_000, 6, "1"), (5_000_000_000_000_000_000, 18, "5"),
            (9_223_372_036_854_775_807, 1, "922337203685477580.7"),
        ] as [(Int64, Int, String)])
    func decimalsAreInLowestTerms(digits: Int64, places: Int, text: String) throws {
        let number = try #require(Exact(decimal: digits, places: places))
        #expect(number == Exact(text: text))
        #expect(number.description == text)
    }

    @Test func decimalsOfNoOrTooManyPlacesAreNone() {
        #expect(Exact(decimal: 1, places: -1) == nil)
        #expect(Exact(decimal: 1, places: 19) == nil)
    }

    @Test(arguments: [
        ("5/2", 3), ("-5/2", -3), ("12/5", 2), ("-12/5", -2), ("1/3", 0), ("2/3", 1), ("-2/3", -1), ("7", 7),
    ])
    func halvesAreRoundedAwayFromZero(text: String, expected: Int) throws {
        #expect(try #require(Exact(text: text)).rounded == Exact(expected))
    }

    @Test func theLargestNumbersRoundWithoutOverflow() throws {
        let half = try #require(Self.largest.divided(by: 2))
        #expect(half.rounded == Exact(integer: .max / 2 + 1))
        #expect(half.negated.rounded == Exact(integer: -(.max / 2) - 1))
        #expect(half.floor == Exact(integer: .max / 2))
    }

    @Test func whatDoesNotFitIsNone() {
        #expect(Self.largest.adding(1) == nil)
        #expect(Self.largest.negated.subtracting(1) == nil)
        #expect(Exact(integer: -(1 << 126)).multiplied(by: 2) == nil)
        #expect(Self.largest.multiplied(by: 2) == nil)
        #expect(Exact(1).divided(by: 0) == nil)
    }

    @Test func productsOfWideFractionsAreStillReduced() throws {
        let wide = try #require(Exact(1 << 80, over: 3))
        #expect(wide.multiplied(by: try #require(Exact(3, over: 1 << 80))) == 1)
        #expect(wide.divided(by: wide) == 1)
        #expect(wide.subtracting(wide) == 0)
        #expect(Exact(-(1 << 70), over: -(1 << 69)) == 2)
        #expect(Exact(6, over: -4) == Exact(text: "-3/2"))
    }
}
