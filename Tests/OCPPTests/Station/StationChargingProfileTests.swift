import OCPP
import Testing

@Suite("Station: smart charging, 61 to 65")
struct StationChargingProfileTests {
    private func profile(
        _ purpose: ChargingProfilePurpose, id: Int = 1, level: Int = 0, transaction: Int? = nil,
        kind: ChargingProfileKind = .absolute, unit: ChargingRateUnit = .amperes,
        periods: [(Int, Tenths)] = [(0, 10)], duration: Int? = nil
    ) -> ChargingProfile {
        ChargingProfile(
            chargingProfileId: id, transactionId: transaction, stackLevel: level, chargingProfilePurpose: purpose,
            chargingProfileKind: kind,
            chargingSchedule: ChargingSchedule(
                duration: duration, startSchedule: kind == .absolute ? TestStation.start : nil,
                chargingRateUnit: unit,
                chargingSchedulePeriod: periods.map { ChargingSchedulePeriod(startPeriod: $0.0, limit: $0.1) }))
    }

    private func set(_ profile: ChargingProfile, _ connector: Int, _ site: inout TestStation) -> ChargingProfileStatus?
    {
        site.ask(SetChargingProfileRequest(connectorId: connector, csChargingProfiles: profile))?.status
    }

    @Test("61: TxProfile needs the transaction that runs; ChargePointMaxProfile belongs on connector 0")
    func profilesOfTransactions() {
        var site = TestStation()
        site.boot()
        #expect(set(profile(.txProfile), 1, &site) == .rejected)
        site.charge(id: 42)
        #expect(set(profile(.txProfile, transaction: 43), 1, &site) == .rejected)
        #expect(set(profile(.txProfile), 1, &site) == .rejected)
        #expect(set(profile(.txProfile, transaction: 42), 1, &site) == .accepted)
        #expect(site.station.output(of: 1)?.current == 10)
        #expect(set(profile(.chargePointMaxProfile), 1, &site) == .rejected)
        #expect(set(profile(.txDefaultProfile), 9, &site) == .rejected)
        site.give(.stop(connector: 1, .local))
        #expect(site.station.output(of: 1)?.current == 32)
        #expect(site.station.profiles.installed.isEmpty)
    }

    @Test func aBoxOfASlaveTakesNothingBeforeItsMasterHasSaidHowMuch() {
        var site = TestStation(isGoverned: true)
        site.boot()
        site.charge()
        #expect(site.station.output(of: 1) == ConnectorOutput(mayCharge: true, current: 0))
        _ = set(profile(.txDefaultProfile, periods: [(0, 13)]), 1, &site)
        #expect(site.station.output(of: 1) == ConnectorOutput(mayCharge: true, current: 13))
        #expect(site.station.output(of: 2)?.current == 0)
        site.ask(ClearChargingProfileRequest())
        #expect(site.station.output(of: 1)?.current == 0)
    }

    @Test func aLimitInWattsHoldsOnThePhasesTheBoxIsOnWhateverItsProfileSays() {
        var site = TestStation()
        site.boot()
        site.charge()
        // 4140 W: 18 A on one phase, 6 A on three.
        var onePhase = profile(.txDefaultProfile, unit: .watts, periods: [(0, 4140)])
        onePhase.chargingSchedule.chargingSchedulePeriod[0].numberPhases = 1
        #expect(set(onePhase, 1, &site) == .accepted)
        #expect(site.station.output(of: 1) == ConnectorOutput(mayCharge: true, current: 6, phases: 1))
        var reading = BoxReading(pilot: .c, energy: 1000)
        reading.phases = 1
        site.give(.box(connector: 1, reading))
        #expect(site.station.output(of: 1) == ConnectorOutput(mayCharge: true, current: 18, phases: 1))
        reading.phases = 3
        site.give(.box(connector: 1, reading))
        #expect(site.station.output(of: 1)?.current == 6)
    }

    @Test("62: the same purpose and level on a connector replaces; so does the same id")
    func profilesReplaceEachOther() {
        var site = TestStation()
        site.boot()
        _ = set(profile(.txDefaultProfile, id: 1, periods: [(0, 10)]), 1, &site)
        _ = set(profile(.txDefaultProfile, id: 2, periods: [(0, 12)]), 1, &site)
        #expect(site.station.profiles.installed.map(\.profile.chargingProfileId) == [2])
        _ = set(profile(.txDefaultProfile, id: 2, level: 3, periods: [(0, 14)]), 1, &site)
        #expect(site.station.profiles.installed.map(\.profile.stackLevel) == [3])
        #expect(site.station.output(of: 1)?.current == 14)
    }

    @Test("63: the limit follows the schedule by itself, with the higher level first and the station's cap")
    func limitsFollowTheSchedule() {
        var site = TestStation()
        site.boot()
        site.charge()
        _ = set(
            profile(.txDefaultProfile, id: 1, level: 0, periods: [(0, 6), (100, 8), (200, 20)], duration: 400), 1,
            &site)
        _ = set(profile(.txDefaultProfile, id: 2, level: 1, periods: [(0, 7), (50, 9)], duration: 150), 1, &site)
        _ = set(profile(.chargePointMaxProfile, id: 3, periods: [(0, 10)]), 0, &site)
        var limits: [Tenths?] = []
        for _ in 0..<9 {
            limits.append(site.station.output(of: 1)?.current)
            site.pass(.seconds(50))
        }
        // From level 1: 7 from 0, 9 from 50 to 150; then level 0: 8 to 200, 20 to 400, capped at 10; then the cap.
        #expect(limits == [7, 9, 9, 8, 10, 10, 10, 10, 10])
    }

    @Test("63: GetCompositeSchedule tells the same; a limit in W is shared over the phases")
    func compositeSchedule() {
        var site = TestStation()
        site.boot()
        _ = set(profile(.txDefaultProfile, unit: .watts, periods: [(0, 6900)]), 1, &site)
        #expect(site.station.output(of: 1)?.current == 10)
        let schedule = site.ask(GetCompositeScheduleRequest(connectorId: 1, duration: 300))
        #expect(schedule?.status == .accepted)
        #expect(schedule?.chargingSchedule?.chargingSchedulePeriod.map(\.limit) == [10])
        #expect(site.ask(GetCompositeScheduleRequest(connectorId: 7, duration: 300))?.status == .rejected)
    }

    @Test("63: ChargePointMaxProfile is the site's limit, told when it changes")
    func siteLimit() {
        var site = TestStation()
        site.boot()
        #expect(site.station.siteLimit == nil)
        _ = set(profile(.chargePointMaxProfile, periods: [(0, 40), (100, 20)]), 0, &site)
        #expect(site.station.siteLimit == 40)
        site.pass(.seconds(100))
        #expect(site.station.siteLimit == 20)
        let told = site.effects.compactMap { effect -> Tenths?? in
            if case .siteLimit(let limit) = effect { .some(limit) } else { nil }
        }
        #expect(told == [40, 20])
        site.ask(ClearChargingProfileRequest(id: 1))
        #expect(site.station.siteLimit == nil)
    }

    @Test("64: profiles are cleared by id or by what they are; nothing matches: Unknown")
    func profilesAreCleared() {
        var site = TestStation()
        site.boot()
        _ = set(profile(.txDefaultProfile, id: 1), 1, &site)
        _ = set(profile(.txDefaultProfile, id: 2), 2, &site)
        #expect(site.ask(ClearChargingProfileRequest(id: 9))?.status == .unknown)
        #expect(site.ask(ClearChargingProfileRequest(id: 1))?.status == .accepted)
        let rest = ClearChargingProfileRequest(connectorId: 2, chargingProfilePurpose: .txDefaultProfile)
        #expect(site.ask(rest)?.status == .accepted)
        #expect(site.ask(rest)?.status == .unknown)
    }

    @Test("65: profiles are kept over a restart, and those of a transaction count for it again")
    func profilesSurvive() {
        let installed = [
            InstalledProfile(
                profile: profile(.txProfile, transaction: 42, periods: [(0, 13)]), connector: 1,
                installedAt: TestStation.start)
        ]
        let open = OpenTransaction(
            id: 12, connector: 1, idTag: "TAG", start: TestStation.start, meterStart: 0, backendID: 42)
        var site = TestStation(
            memory: StationMemory(profiles: installed, transactions: [open]))
        site.give(.tick)
        #expect(site.station.output(of: 1) == ConnectorOutput(mayCharge: true, current: 13))
    }

    @Test func aLimitBelowSixAmperesSuspends() {
        var site = TestStation()
        site.boot()
        site.charge()
        _ = set(profile(.txDefaultProfile, periods: [(0, 5)]), 0, &site)
        #expect(site.station.status(of: 1) == .suspendedEVSE)
        site.read(1, .c, offered: 16)
        #expect(site.station.status(of: 1) == .suspendedEVSE)
    }
}
