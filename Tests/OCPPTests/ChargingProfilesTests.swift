import Testing

@testable import OCPP

@Suite struct ChargingProfilesTests {
    private let now = Timestamp(seconds: 1_795_249_800)
    private var site: ChargingSite {
        ChargingSite(connectors: [
            1: ChargingConnector(maximum: 32, transaction: .init(id: 77, start: now)),
            2: ChargingConnector(maximum: 16, phases: 1),
        ])
    }

    private func profile(
        _ id: Int, _ purpose: ChargingProfilePurpose, level: Int = 0, kind: ChargingProfileKind = .absolute,
        recurrency: RecurrencyKind? = nil, transaction: Int? = nil, from: Timestamp? = nil, to: Timestamp? = nil,
        start: Timestamp? = nil, duration: Int? = nil, unit: ChargingRateUnit = .amperes,
        _ periods: (Int, Tenths)..., phases: Int? = nil
    ) -> ChargingProfile {
        ChargingProfile(
            chargingProfileId: id, transactionId: transaction, stackLevel: level, chargingProfilePurpose: purpose,
            chargingProfileKind: kind, recurrencyKind: recurrency, validFrom: from, validTo: to,
            chargingSchedule: ChargingSchedule(
                duration: duration, startSchedule: start, chargingRateUnit: unit,
                chargingSchedulePeriod: periods.map {
                    ChargingSchedulePeriod(startPeriod: $0.0, limit: $0.1, numberPhases: phases)
                }))
    }

    private func refusal(_ profile: ChargingProfile, _ connector: Int) -> String? {
        var profiles = ChargingProfiles()
        do throws(ProfileRefusal) {
            try profiles.set(profile, connector: connector, site: site, at: now)
            return nil
        } catch {
            #expect(profiles.installed.isEmpty)
            return error.description
        }
    }

    private func steps(_ schedule: ChargingSchedule?) -> [[Double]] {
        (schedule?.chargingSchedulePeriod ?? []).map { [Double($0.startPeriod), $0.limit.double] }
    }

    /// Behaviour 61.
    @Test func whatDoesNotBelongWhereItIsSetIsRefused() {
        #expect(refusal(profile(1, .txProfile, transaction: 77, (0, 6)), 1) == nil)
        #expect(refusal(profile(1, .txProfile, (0, 6)), 1) != nil)
        #expect(refusal(profile(1, .txProfile, transaction: 78, (0, 6)), 1) != nil)
        #expect(refusal(profile(1, .txProfile, transaction: 77, (0, 6)), 2) != nil)
        #expect(refusal(profile(1, .txProfile, transaction: 77, (0, 6)), 0) != nil)
        #expect(refusal(profile(1, .chargePointMaxProfile, (0, 6)), 1) != nil)
        #expect(refusal(profile(1, .chargePointMaxProfile, kind: .relative, (0, 6)), 0) != nil)
        #expect(refusal(profile(1, .chargePointMaxProfile, (0, 6)), 0) == nil)
        #expect(refusal(profile(1, .txDefaultProfile, (0, 6)), 0) == nil)
        #expect(refusal(profile(1, .txDefaultProfile, (0, 6)), 2) == nil)
        #expect(refusal(profile(1, .txDefaultProfile, (0, 6)), 3) == "there is no connector 3")
        #expect(refusal(profile(1, .txDefaultProfile, level: 21, (0, 6)), 1) != nil)
        #expect(refusal(profile(1, .txDefaultProfile, level: 20, (0, 6)), 1) == nil)
        #expect(refusal(profile(1, .txDefaultProfile, (5, 6)), 1) != nil)
        #expect(refusal(profile(1, .txDefaultProfile, (0, 6), (60, 8), (60, 9)), 1) != nil)
        #expect(refusal(profile(1, .txDefaultProfile, (0, 6), (60, 8), (30, 9)), 1) != nil)
        #expect(refusal(profile(1, .txDefaultProfile, (0, -0.1)), 1) == "the limit -0.1 is negative")
        #expect(refusal(profile(1, .txDefaultProfile, (0, 6), phases: 4), 1) != nil)
        #expect(refusal(profile(1, .txDefaultProfile, kind: .recurring, start: now, (0, 6)), 1) != nil)
        #expect(refusal(profile(1, .txDefaultProfile, kind: .recurring, recurrency: .daily, (0, 6)), 1) != nil)
        #expect(refusal(profile(1, .txDefaultProfile, from: now, to: now, (0, 6)), 1) != nil)
    }

    @Test func aTxProfileEndsWithItsTransaction() throws {
        var profiles = ChargingProfiles()
        try profiles.set(profile(1, .txProfile, transaction: 77, (0, 6)), connector: 1, site: site, at: now)
        try profiles.set(profile(2, .txDefaultProfile, (0, 10)), connector: 1, site: site, at: now)
        #expect(profiles.limit(connector: 1, site: site, at: now)?.limit.limit == 6)
        var other = site
        other.connectors[1]?.transaction = .init(id: 78, start: now)
        #expect(profiles.limit(connector: 1, site: other, at: now)?.limit.limit == 10)
        profiles.endTransaction(onConnector: 1)
        #expect(profiles.installed.map(\.profile.chargingProfileId) == [2])
    }

    @Test func theProfileOfARemoteStartIsBoundToItsTransaction() throws {
        var profiles = ChargingProfiles()
        try profiles.setForStartedTransaction(profile(1, .txProfile, (0, 8)), connector: 1, site: site, at: now)
        #expect(profiles.installed.first?.profile.transactionId == 77)
        #expect(throws: ProfileRefusal.self) {
            try profiles.setForStartedTransaction(profile(2, .txProfile, (0, 8)), connector: 2, site: site, at: now)
        }
    }

    /// Behaviour 62.
    @Test func theSameIdOrTheSamePlaceReplaces() throws {
        var profiles = ChargingProfiles()
        func set(_ profile: ChargingProfile, _ connector: Int) throws(ProfileRefusal) {
            try profiles.set(profile, connector: connector, site: site, at: now)
        }
        try set(profile(1, .txDefaultProfile, level: 3, (0, 6)), 1)
        try set(profile(2, .txDefaultProfile, level: 3, (0, 7)), 1)
        #expect(profiles.installed.map(\.profile.chargingProfileId) == [2])
        try set(profile(2, .txDefaultProfile, level: 4, (0, 8)), 1)
        #expect(profiles.installed.map(\.profile.stackLevel) == [4])
        try set(profile(3, .txDefaultProfile, level: 4, (0, 9)), 0)
        try set(profile(4, .txProfile, level: 4, transaction: 77, (0, 9)), 1)
        try set(profile(5, .chargePointMaxProfile, level: 4, (0, 9)), 0)
        #expect(profiles.installed.count == 4)
        try set(profile(5, .txDefaultProfile, level: 4, (0, 9)), 2)
        #expect(profiles.installed.count == 4)
        profiles.limits.installed = 4
        #expect(throws: ProfileRefusal.self) {
            try profiles.set(profile(9, .txDefaultProfile, level: 1, (0, 9)), connector: 2, site: site, at: now)
        }
        #expect(profiles.installed.count == 4)
    }

    /// Behaviour 63. By hand: 7 and 9 of the upper level; 8 of the lower one after 150 s; 12 capped to 10 from 200 s on;
    /// after 400 s only the cap of 10 is left.
    @Test func theCompositeOfThreeProfilesIsAsByHand() throws {
        var profiles = ChargingProfiles()
        let max = profile(1, .chargePointMaxProfile, start: now, duration: 86_400, (0, 10))
        let low = profile(2, .txDefaultProfile, level: 0, start: now, duration: 400, (0, 6), (100, 8), (200, 12))
        let high = profile(3, .txDefaultProfile, level: 1, start: now, duration: 150, (0, 7), (50, 9))
        try profiles.set(max, connector: 0, site: site, at: now)
        try profiles.set(low, connector: 1, site: site, at: now)
        try profiles.set(high, connector: 1, site: site, at: now)
        let request = GetCompositeScheduleRequest(connectorId: 1, duration: 500, chargingRateUnit: .amperes)
        let answer = profiles.answer(request, site: site, at: now)
        #expect(answer.status == .accepted)
        #expect(answer.scheduleStart == now)
        #expect(answer.chargingSchedule?.duration == 500)
        #expect(steps(answer.chargingSchedule) == [[0, 7], [50, 9], [150, 8], [200, 10]])
        let tx = profile(4, .txProfile, transaction: 77, start: now, duration: 120, (0, 9.5), (60, 16))
        try profiles.set(tx, connector: 1, site: site, at: now)
        let composite = profiles.composite(connector: 1, duration: 180, site: site, at: now)
        #expect(steps(composite) == [[0, 9.5], [60, 10], [120, 9], [150, 8]])
        #expect(profiles.answer(.init(connectorId: 3, duration: 10), site: site, at: now).status == .rejected)
        #expect(profiles.answer(.init(connectorId: 1, duration: 0), site: site, at: now).status == .rejected)
    }

    /// 11,040 W = 3 · 230 V · 16 A; 1 phase: 2,300 W = 10 A; 5,000 W on 3 phases = 7.246 A, never rounded up.
    @Test func ampereAndWattAreConvertedWithTheVoltageAndThePhases() throws {
        var profiles = ChargingProfiles()
        try profiles.set(
            profile(1, .txDefaultProfile, unit: .watts, (0, 5000), (60, 11_040)), connector: 1, site: site, at: now)
        try profiles.set(profile(2, .txDefaultProfile, unit: .watts, (0, 2300)), connector: 2, site: site, at: now)
        #expect(
            steps(profiles.composite(connector: 1, duration: 90, unit: .amperes, site: site, at: now)) == [
                [0, 7.2], [60, 16],
            ])
        #expect(
            steps(profiles.composite(connector: 1, duration: 90, unit: .watts, site: site, at: now)) == [
                [0, 5000], [60, 11_040],
            ])
        #expect(steps(profiles.composite(connector: 2, duration: 90, site: site, at: now)) == [[0, 10]])
        let single = ChargingLimit(limit: 16, unit: .amperes, numberPhases: 1)
        #expect(single.converted(to: .watts, voltage: 230, phases: 3).limit == 3680)
        #expect(ChargingLimit(limit: 32, unit: .amperes).converted(to: .watts, voltage: 230, phases: 3).limit == 22_080)
    }

    /// 8 A + min(32, nothing) capped by 30; without the cap 8 + 16.
    @Test func connectorZeroIsTheSumOfTheConnectorsUnderTheCap() throws {
        var profiles = ChargingProfiles()
        try profiles.set(profile(1, .txDefaultProfile, duration: 60, (0, 8)), connector: 1, site: site, at: now)
        #expect(steps(profiles.composite(connector: 0, duration: 100, site: site, at: now)) == [[0, 24], [60, 48]])
        try profiles.set(profile(2, .chargePointMaxProfile, (0, 30)), connector: 0, site: site, at: now)
        #expect(steps(profiles.composite(connector: 0, duration: 100, site: site, at: now)) == [[0, 24], [60, 30]])
        var limited = site
        limited.maximum = 20
        #expect(steps(profiles.composite(connector: 0, duration: 100, site: limited, at: now)) == [[0, 20]])
    }

    @Test func aDefaultOfTheStationCountsForEveryConnectorUnlessItHasItsOwn() throws {
        var profiles = ChargingProfiles()
        try profiles.set(profile(1, .txDefaultProfile, level: 2, (0, 12)), connector: 0, site: site, at: now)
        try profiles.set(profile(2, .txDefaultProfile, level: 2, (0, 9)), connector: 1, site: site, at: now)
        #expect(profiles.limit(connector: 1, site: site, at: now)?.limit.limit == 9)
        #expect(profiles.limit(connector: 2, site: site, at: now)?.limit.limit == 12)
    }

    @Test func aDailyScheduleBeginsAgainEveryDayAndAWeeklyOneEveryWeek() throws {
        let midnight = Timestamp(seconds: now.seconds / 86_400 * 86_400)
        var profiles = ChargingProfiles()
        let daily = profile(
            1, .txDefaultProfile, kind: .recurring, recurrency: .daily, start: midnight, duration: 72_000, (0, 6),
            (28_800, 10))
        try profiles.set(daily, connector: 1, site: site, at: now)
        func limit(_ seconds: Int) -> Tenths? {
            profiles.limit(connector: 1, site: site, at: midnight.advanced(bySeconds: seconds))?.limit.limit
        }
        #expect(
            [0, 28_799, 28_800, 71_999, 72_000, 86_399, 86_400, 115_200].map(limit) == [6, 6, 10, 10, 32, 32, 6, 10])
        #expect(limit(-1) == 32)
        #expect(limit(400 * 86_400) == 6)
        let weekly = profile(
            2, .txDefaultProfile, level: 1, kind: .recurring, recurrency: .weekly, start: midnight, duration: 3600,
            (0, 13))
        try profiles.set(weekly, connector: 1, site: site, at: now)
        #expect([0, 3600, 86_400, 7 * 86_400, 7 * 86_400 + 3600].map(limit) == [13, 6, 6, 13, 6])
    }

    @Test func aProfileCountsOnlyWhileItIsValid() throws {
        var profiles = ChargingProfiles()
        let valid = profile(
            1, .txDefaultProfile, kind: .relative, from: now.advanced(bySeconds: 20), to: now.advanced(bySeconds: 50),
            (0, 6), (30, 9))
        try profiles.set(valid, connector: 1, site: site, at: now)
        #expect(
            steps(profiles.composite(connector: 1, duration: 60, site: site, at: now)) == [
                [0, 32], [20, 6], [30, 9], [50, 32],
            ])
        profiles.removeExpired(at: now.advanced(bySeconds: 49))
        #expect(profiles.installed.count == 1)
        profiles.removeExpired(at: now.advanced(bySeconds: 50))
        #expect(profiles.installed.isEmpty)
    }

    /// Behaviour 64.
    @Test func clearRemovesByIdOrByWhatMatches() throws {
        func made() throws -> ChargingProfiles {
            var profiles = ChargingProfiles()
            try profiles.set(profile(1, .chargePointMaxProfile, level: 0, (0, 6)), connector: 0, site: site, at: now)
            try profiles.set(profile(2, .txDefaultProfile, level: 0, (0, 6)), connector: 1, site: site, at: now)
            try profiles.set(profile(3, .txDefaultProfile, level: 1, (0, 6)), connector: 1, site: site, at: now)
            try profiles.set(profile(4, .txDefaultProfile, level: 1, (0, 6)), connector: 2, site: site, at: now)
            return profiles
        }
        let cases: [(ClearChargingProfileRequest, [Int])] = [
            (.init(id: 3), [1, 2, 4]), (.init(id: 9), [1, 2, 3, 4]), (.init(connectorId: 1), [1, 4]),
            (.init(connectorId: 0), [2, 3, 4]), (.init(chargingProfilePurpose: .txDefaultProfile), [1]),
            (.init(stackLevel: 1), [1, 2]),
            (.init(connectorId: 1, chargingProfilePurpose: .txDefaultProfile, stackLevel: 1), [1, 2, 4]),
            (.init(connectorId: 2, stackLevel: 0), [1, 2, 3, 4]), (.init(), []),
        ]
        for (request, left) in cases {
            var profiles = try made()
            let status = profiles.clear(request)
            #expect(profiles.installed.map(\.profile.chargingProfileId) == left)
            #expect(status == (left.count == 4 ? .unknown : .accepted))
        }
    }
}
