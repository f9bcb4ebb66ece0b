import Testing

@testable import Host

@Suite struct IndexScheduleTests {
    private static let day: Int64 = 86_400
    private static let start: Int64 = 1_795_262_400

    private func schedule(_ seed: String = "host friends") -> IndexSchedule {
        IndexSchedule(period: .seconds(Self.day), seed: seed)
    }

    @Test func aListIsDueAPeriodAfterItWasFetchedATenthEarlyOrLate() {
        for seed in 0..<200 {
            let due = schedule("\(seed)").due(after: Self.start, failures: 0, failedAt: nil) - Self.start
            #expect((Self.day * 9 / 10...Self.day * 11 / 10).contains(due), "\(seed)")
        }
    }

    @Test func hostsThatWereSetUpTogetherDoNotComeTogether() {
        let moments = Set((0..<200).map { schedule("\($0)").due(after: Self.start, failures: 0, failedAt: nil) })
        #expect(moments.count > 150)
        let same = (0..<2).map { _ in schedule().due(after: Self.start, failures: 0, failedAt: nil) }
        #expect(same[0] == same[1])
    }

    @Test func oneThatWasNeverFetchedIsDueAtOnce() {
        #expect(schedule().isDue(at: Self.start, after: nil, failures: 0, failedAt: nil))
    }

    /// An hour, two, four, eight, sixteen, and then a day.
    @Test func afterAFailureItIsTriedEverMoreSeldomUpToThePeriod() {
        for (failures, hours) in [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 24), (60, 24)] {
            let due = schedule().due(after: Self.start - 9 * Self.day, failures: failures, failedAt: Self.start)
            #expect(due == Self.start + Int64(hours) * 3600, "\(failures)")
        }
        let often = IndexSchedule(period: .seconds(600), seed: "x")
        #expect(often.due(after: nil, failures: 1, failedAt: Self.start) == Self.start + 600)
    }

    @Test func aMomentFarAheadWasToldByAWrongClock() {
        let last = Self.start + 2 * Self.day
        #expect(schedule().isDue(at: Self.start, after: last, failures: 0, failedAt: nil))
        #expect(!schedule().isDue(at: Self.start, after: Self.start + 3600, failures: 0, failedAt: nil))
    }
}
