import Testing

@testable import ReadPlanning

@Suite struct UnitBackOffTests {
    @Test func pausesDoubleFromOneSecondToAMinute() {
        var unit = UnitBackOff()
        #expect(unit.mayAsk(at: .zero) && !unit.isProbing)
        var now = Duration.seconds(100)
        for pause in [1, 2, 4, 8, 16, 32, 60, 60, 60] {
            unit.failed(at: now)
            #expect(!unit.mayAsk(at: now + .seconds(pause) - .nanoseconds(1)))
            now += .seconds(pause)
            #expect(unit.mayAsk(at: now))
        }
        #expect(unit.isProbing)
    }

    @Test func oneAnswerEndsIt() {
        var unit = UnitBackOff()
        for second in 0..<5 { unit.failed(at: .seconds(second)) }
        unit.answered()
        #expect(unit.mayAsk(at: .seconds(5)) && !unit.isProbing)
        unit.failed(at: .seconds(6))
        #expect(unit.nextProbe == .seconds(7))
    }

    @Test func aSilentUnitTakesLittleOfTheLine() {
        // Seven probes until 63 s (1 + 2 + 4 + 8 + 16 + 32), then one a minute: 58 more in the hour.
        var unit = UnitBackOff()
        var probes = 0
        for second in 0..<3600 where unit.mayAsk(at: .seconds(second)) {
            probes += 1
            unit.failed(at: .seconds(second))
        }
        #expect(probes == 65)
    }
}
