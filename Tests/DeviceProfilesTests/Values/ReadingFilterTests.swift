import DeviceProfiles
import DriverAPI
import Testing

@Suite struct ReadingFilterTests {
    private func shown(_ filter: inout ReadingFilter, _ readings: [Int]) -> [String] {
        readings.map { reading in
            let result = filter.filter(DecodedValue(.number(Exact(reading))), in: SampleScope())
            return "\(result.value?.description ?? "-")"
                + (result.quality == .good ? "" : " \(result.quality.rawValue)")
        }
    }

    private func rule(_ change: (inout ValueRule) -> Void) -> ValueRule {
        var rule = ValueRule()
        change(&rule)
        return rule
    }

    @Test func rulesThatKeepNothingOutNeedNoFilter() {
        #expect(ReadingFilter(ValueRule()) == nil)
        #expect(ReadingFilter(rule { $0.counter = .accept }) == nil)
        #expect(ReadingFilter(rule { $0.counter = .confirm(3) }) != nil)
    }

    @Test func anImplausibleReadingIsKeptOutUntilASecondAgrees() throws {
        var filter = try #require(ReadingFilter(rule { $0.plausible = (.fixed(-200), .fixed(200)) }))
        #expect(
            shown(&filter, [100, 6000, 120, 500, 549, 560, 700, 150])
                == ["100", "100 suspect", "120", "120 suspect", "549", "560", "560 suspect", "150"])
    }

    @Test func theEndsOfThePlausibleRangeAreInside() throws {
        var filter = try #require(ReadingFilter(rule { $0.plausible = (.fixed(45), .fixed(65)) }))
        #expect(shown(&filter, [45, 65, 44]) == ["45", "65", "65 suspect"])
    }

    @Test func tenPercentOfTheLargerIsStillAgreement() throws {
        var filter = try #require(ReadingFilter(rule { $0.plausible = (.fixed(0), .fixed(10)) }))
        #expect(shown(&filter, [5, 90, 100]) == ["5", "5 suspect", "100"])
        #expect(shown(&filter, [5, 89, 100]) == ["5", "5 suspect", "5 suspect"])
        #expect(shown(&filter, [-100, 100]) == ["5 suspect", "5 suspect"])
    }

    @Test func theVeryFirstReadingIsShownAsSuspect() throws {
        var filter = try #require(ReadingFilter(rule { $0.plausible = (.fixed(0), .fixed(10)) }))
        #expect(shown(&filter, [500, 500]) == ["500 suspect", "500"])
    }

    @Test func aLowerCounterNeedsToBeSeenSeveralTimes() throws {
        var filter = try #require(ReadingFilter(rule { $0.counter = .confirm(3) }))
        #expect(
            shown(&filter, [1000, 1001, 0, 0, 1002, 0, 1, 2, 3])
                == ["1000", "1001", "1001 suspect", "1001 suspect", "1002", "1002 suspect", "1002 suspect", "2", "3"])
    }

    @Test func confirmOneAcceptsAtOnce() throws {
        var filter = try #require(ReadingFilter(rule { $0.counter = .confirm(1) }))
        #expect(shown(&filter, [10, 5]) == ["10", "5"])
    }

    @Test func aCounterThatStartsAgainAtItsWrapIsNoFall() throws {
        var filter = try #require(
            ReadingFilter(
                rule {
                    $0.counter = .confirm(3)
                    $0.wrap = 65536
                }))
        #expect(shown(&filter, [65000, 65500, 20, 40]) == ["65000", "65500", "20", "40"])
        #expect(shown(&filter, [30000, 20]) == ["30000", "30000 suspect"])
        #expect(shown(&filter, [65000, 30000]) == ["65000", "65000 suspect"])
    }

    @Test func readingsWithoutANumberChangeNothing() throws {
        var filter = try #require(ReadingFilter(rule { $0.counter = .confirm(2) }))
        #expect(shown(&filter, [10, 5]) == ["10", "10 suspect"])
        #expect(filter.filter(.noData, in: SampleScope()) == .noData)
        #expect(filter.filter(.absent, in: SampleScope()) == .absent)
        #expect(shown(&filter, [5]) == ["5"])
    }

    @Test func boundsMayDependOnOptions() throws {
        let high = Bound.expression(try parsed("option.rated_current"))
        var filter = try #require(ReadingFilter(rule { $0.plausible = (.fixed(0), high) }))
        let scope = SampleScope(["option.rated_current": .number(16)])
        #expect(filter.filter(DecodedValue(.number(16)), in: scope).quality == .good)
        #expect(filter.filter(DecodedValue(.number(17)), in: scope).quality == .suspect)
        #expect(filter.filter(DecodedValue(.number(99)), in: SampleScope()).quality == .good)
    }

    @Test func theLastValueOfBeforeIsRemembered() throws {
        var filter = try #require(ReadingFilter(rule { $0.counter = .confirm(2) }, accepted: 500))
        #expect(shown(&filter, [0, 0]) == ["500 suspect", "0"])
        filter.reset()
        #expect(shown(&filter, [-7]) == ["-7"])
    }
}
