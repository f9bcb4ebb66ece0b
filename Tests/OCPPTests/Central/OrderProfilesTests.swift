import Testing

@testable import OCPP

@Suite struct OrderProfilesTests {
    private let now = Timestamp(seconds: 1_800_000_000)

    private func abilities(_ keys: [String: String]) -> SlaveAbilities {
        SlaveAbilities(keys.map { KeyValue(key: $0.key, readonly: true, value: $0.value) })
    }

    private func profiles(_ keys: [String: String] = [:], connector: Int = 1, phases: Int = 3) -> OrderProfiles {
        OrderProfiles(connector: connector, abilities: abilities(keys), phases: phases, hold: 120)
    }

    @Test func anOrderFallsBackByItselfAfterTheHoldTime() {
        let profile = profiles(["ChargeProfileMaxStackLevel": "8"]).order(10.5, then: 6, at: now)
        #expect(profile.chargingProfilePurpose == .txDefaultProfile)
        #expect(profile.chargingProfileKind == .absolute)
        #expect(profile.stackLevel == 8)
        #expect(profile.chargingSchedule.chargingRateUnit == .amperes)
        #expect(profile.chargingSchedule.startSchedule == now.advanced(bySeconds: -60))
        #expect(
            profile.chargingSchedule.chargingSchedulePeriod == [
                ChargingSchedulePeriod(startPeriod: 0, limit: 10.5),
                ChargingSchedulePeriod(startPeriod: 180, limit: 6),
            ])
    }

    /// What a charge point that keeps to the standard makes of it, by the composite schedule of our own station.
    @Test func aStandardChargePointFollowsTheOrderThenTheFallback() throws {
        let sut = profiles(["ChargeProfileMaxStackLevel": "3"])
        var installed = ChargingProfiles()
        let site = ChargingSite(connectors: [1: ChargingConnector(maximum: 32)])
        for profile in [try #require(sut.fallback(6, at: now)), sut.order(16, then: 6, at: now)] {
            try installed.set(profile, connector: 1, site: site, at: now)
        }
        func limit(after seconds: Int) -> Tenths? {
            installed.limit(connector: 1, site: site, at: now.advanced(bySeconds: seconds))?.limit.limit
        }
        #expect(limit(after: -50) == 16)
        #expect(limit(after: 0) == 16)
        #expect(limit(after: 119) == 16)
        #expect(limit(after: 120) == 6)
        #expect(limit(after: 1_000_000) == 6)
    }

    @Test func aRunningTransactionGetsAProfileOfItsOwn() {
        let profile = profiles().order(10, then: 0, transaction: 71, at: now)
        #expect(profile.chargingProfilePurpose == .txProfile)
        #expect(profile.transactionId == 71)
        let other = profiles(connector: 2).order(10, then: 0, transaction: 71, at: now)
        #expect(other.chargingProfileId != profile.chargingProfileId)
        #expect(profiles().order(10, then: 0, at: now).chargingProfileId != profile.chargingProfileId)
    }

    @Test func aSlaveWithOnePeriodOrOneLevelGetsWhatItTakes() {
        let one = profiles(["ChargingScheduleMaxPeriods": "1", "ChargeProfileMaxStackLevel": "0"])
        #expect(one.order(10, then: 6, at: now).chargingSchedule.chargingSchedulePeriod.count == 1)
        #expect(one.fallback(6, at: now) == nil)
        #expect(profiles().order(6, then: 6, at: now).chargingSchedule.chargingSchedulePeriod.count == 1)
    }

    @Test func wattsAreCountedOnThePhasesAndRoundedDown() {
        let power = ["ChargingScheduleAllowedChargingRateUnit": "Power"]
        // 230 V × 10.3 A × 3 = 7107 W; × 1 = 2369 W
        #expect(profiles(power).limit(10.3) == 7107)
        #expect(profiles(power, phases: 1).limit(10.3) == 2369)
        // 6.1 A × 230 × 2 = 2806 W
        #expect(profiles(power, phases: 2).limit(6.1) == 2806)
        let single = profiles(power, phases: 1).order(10, then: 0, at: now).chargingSchedule
        #expect(single.chargingRateUnit == .watts)
        #expect(single.chargingSchedulePeriod.map(\.numberPhases) == [1, 1])
    }

    private func composite(_ periods: [(Int, Tenths)], length: Int?) -> CompositeReading? {
        CompositeReading(
            GetCompositeScheduleResponse(
                status: .accepted, connectorId: 1, scheduleStart: now,
                chargingSchedule: ChargingSchedule(
                    duration: length, chargingRateUnit: .amperes,
                    chargingSchedulePeriod: periods.map { ChargingSchedulePeriod(startPeriod: $0.0, limit: $0.1) })),
            profiles())
    }

    @Test func theFallbackIsProvenByTheCompositeScheduleOnly() throws {
        let right = try #require(composite([(0, 16), (80, 6)], length: 180))
        #expect(right.limit == 16)
        #expect(right.falls(to: 6, in: 80) == true)
        #expect(right.falls(to: 6, in: 74) == false)
        #expect(right.falls(to: 0, in: 80) == false)
        #expect(try #require(composite([(0, 16)], length: 180)).falls(to: 6, in: 80) == false)
        #expect(try #require(composite([(0, 16)], length: 60)).falls(to: 6, in: 80) == nil)
        #expect(try #require(composite([(0, 16), (80, 6), (90, 16)], length: 180)).falls(to: 6, in: 80) == false)
        #expect(composite([(10, 16)], length: 180) == nil)
        #expect(composite([], length: 180) == nil)
        #expect(CompositeReading(GetCompositeScheduleResponse(status: .rejected), profiles()) == nil)
    }

    @Test func wattsOfACompositeScheduleAreRoundedUp() throws {
        let answer = GetCompositeScheduleResponse(
            status: .accepted, connectorId: 1,
            chargingSchedule: ChargingSchedule(
                chargingRateUnit: .watts,
                chargingSchedulePeriod: [ChargingSchedulePeriod(startPeriod: 0, limit: 7108, numberPhases: 3)]))
        // 7108 W / 690 V = 10.301… A
        #expect(try #require(CompositeReading(answer, profiles())).limit == 10.4)
    }
}
