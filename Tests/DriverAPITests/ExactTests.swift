import Foundation
import Testing

@testable import DriverAPI

@Suite struct ExactTests {
    @Test(arguments: [
        ("0", "0"), ("-12", "-12"), ("0.06", "0.06"), ("12.340", "12.34"), ("1/256", "0.00390625"), ("1/3", "1/3"),
        ("-2/4", "-0.5"), ("100000000000000000000", "100000000000000000000"),
    ])
    func textIsReadAndWrittenInLowestTerms(_ text: String, _ expected: String) throws {
        #expect(try #require(Exact(text: text)).description == expected)
    }

    @Test(arguments: [
        "", "-", ".", "1.", ".5", "1e3", "1 000", "0x10", "1/0", "1/2/3", "+1", "1_000", "½",
        String(repeating: "9", count: 40),
    ])
    func everythingElseIsNoNumber(_ text: String) { #expect(Exact(text: text) == nil) }

    @Test func aTenthAddedTenTimesIsExactlyOne() throws {
        let tenth = try #require(Exact(text: "0.1"))
        var sum = Exact.zero
        for _ in 0..<10 { sum = try #require(sum.adding(tenth)) }
        #expect(sum == 1)
    }

    @Test func wattSecondsBecomeWattHoursExactly() throws {
        let energy = try #require(Exact(3_600_000).multiplied(by: Unit.Ws.factor))
        #expect(energy == 1000)
        #expect(Unit.Ws.factor == Exact(1, over: 3600))
    }

    @Test func overflowIsNilAndNeverWrong() {
        let largest = Exact(integer: .max)
        #expect(largest.adding(1) == nil)
        #expect(largest.multiplied(by: 2) == nil)
        #expect(Exact(1).divided(by: 0) == nil)
    }

    @Test(arguments: [
        ("7/2", 3, 4), ("-7/2", -4, -4), ("5/2", 2, 3), ("-5/2", -3, -3), ("1/3", 0, 0), ("-1/3", -1, 0), ("4", 4, 4),
    ])
    func roundingKnowsItsDirection(_ text: String, _ floor: Int, _ rounded: Int) throws {
        let value = try #require(Exact(text: text))
        #expect(value.floor == Exact(floor))
        #expect(value.rounded == Exact(rounded))
    }

    @Test func orderIsExactWhereFloatingPointIsNot() throws {
        let a = try #require(Exact(text: "0.1"))
        let b = try #require(Exact(text: "0.2"))
        let c = try #require(Exact(text: "0.3"))
        #expect(try #require(a.adding(b)) == c)
        #expect(Exact(integer: .max) > Exact(integer: .max - 1))
        #expect(try #require(Exact(1, over: 3)) < #require(Exact(text: "0.34")))
    }

    @Test func floatsAreTheirShortestDecimal() throws {
        #expect(Exact(shortest: Float(0.1)) == Exact(text: "0.1"))
        #expect(Exact(shortest: Float(230.5)) == Exact(text: "230.5"))
        #expect(Exact(shortest: 1e-7) == Exact(text: "0.0000001"))
        #expect(Exact(shortest: Float.nan) == nil)
        #expect(Exact(shortest: Double.infinity) == nil)
        #expect(Exact(shortest: 1e300) == nil)
    }

    @Test(arguments: ["0", "6854", "-0.5", "1/3", "12345.678"])
    func jsonBringsItBack(_ text: String) throws {
        let value = try #require(Exact(text: text))
        #expect(try JSONDecoder().decode(Exact.self, from: JSONEncoder().encode(value)) == value)
    }
}
