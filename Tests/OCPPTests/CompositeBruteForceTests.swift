import Testing

@testable import OCPP

/// Compares composite schedules with a second, simple calculation: second by second, from the standard's sentences.
@Suite struct CompositeBruteForceTests {
    private let now = 1_795_249_800
    private let length = 700

    @Test(arguments: 0..<60)
    func everySecondIsAsTheSimpleCalculationSays(seed: Int) throws {
        var random = MessageGenerator(seed: UInt64(seed) + 1)
        let connector = ChargingConnector(
            maximum: 32, phases: 1 + random.below(3),
            transaction: random.below(4) == 0 ? nil : .init(id: 5, start: Timestamp(seconds: now - random.below(300))))
        let site = ChargingSite(connectors: [1: connector])
        var profiles = ChargingProfiles()
        for id in 0..<(3 + random.below(5)) {
            let (profile, number) = randomProfile(id, &random)
            try? profiles.set(profile, connector: number, site: site, at: Timestamp(seconds: now - 40))
        }
        for unit in ChargingRateUnit.allCases {
            let composite = try #require(
                profiles.composite(connector: 1, duration: length, unit: unit, site: site, at: Timestamp(seconds: now)))
            for second in 0..<length {
                let period = composite.chargingSchedulePeriod.last { $0.startPeriod <= second }
                let expected = simple(profiles.installed, connector, unit, now + second)
                #expect(period?.limit.tenths == expected, "second \(second), \(unit)")
                if period?.limit.tenths != expected { return }
            }
            let periods = composite.chargingSchedulePeriod
            #expect(zip(periods, periods.dropFirst()).allSatisfy { $0.startPeriod < $1.startPeriod })
        }
    }

    private func randomProfile(_ id: Int, _ random: inout MessageGenerator) -> (ChargingProfile, Int) {
        let purpose = ChargingProfilePurpose.allCases[random.below(3)]
        let kind = ChargingProfileKind.allCases[random.below(3)]
        var periods = [ChargingSchedulePeriod(startPeriod: 0, limit: Tenths(tenths: random.below(400)))]
        for _ in 0..<random.below(4) {
            periods.append(
                ChargingSchedulePeriod(
                    startPeriod: (periods.last?.startPeriod ?? 0) + 1 + random.below(150),
                    limit: Tenths(tenths: random.below(400)),
                    numberPhases: random.below(3) == 0 ? 1 + random.below(3) : nil))
        }
        let isWatts = random.below(3) == 0
        if isWatts {
            periods = periods.map {
                var copy = $0; copy.limit = Tenths(tenths: $0.limit.tenths * 611); return copy
            }
        }
        func moment(_ range: Int) -> Timestamp? {
            random.below(2) == 0 ? nil : Timestamp(seconds: now - 200 + random.below(range))
        }
        let from = moment(400)
        let to = random.below(3) == 0 ? Timestamp(seconds: now + 100 + random.below(700)) : nil
        let profile = ChargingProfile(
            chargingProfileId: id, transactionId: 5, stackLevel: random.below(3), chargingProfilePurpose: purpose,
            chargingProfileKind: kind, recurrencyKind: random.below(2) == 0 ? .daily : .weekly, validFrom: from,
            validTo: to,
            chargingSchedule: ChargingSchedule(
                duration: random.below(2) == 0 ? nil : random.below(500),
                startSchedule: random.below(4) == 0
                    ? nil : Timestamp(seconds: now - 300 + random.below(500) - random.below(2) * 7 * 86_400),
                chargingRateUnit: isWatts ? .watts : .amperes, chargingSchedulePeriod: periods))
        let number = purpose == .chargePointMaxProfile ? 0 : purpose == .txProfile ? 1 : random.below(2)
        return (profile, number)
    }

    /// In tenths of the unit.
    private func simple(
        _ installed: [InstalledProfile], _ connector: ChargingConnector, _ unit: ChargingRateUnit, _ second: Int
    ) -> Int {
        let start = connector.transaction?.start.seconds ?? now
        func best(_ purpose: ChargingProfilePurpose) -> Int? {
            var winner: (level: Int, own: Int, tenths: Int)?
            for entry in installed where entry.profile.chargingProfilePurpose == purpose {
                guard let tenths = said(entry, unit, connector.phases, start, second) else { continue }
                let key = (entry.profile.stackLevel, entry.connector)
                if winner.map({ key > ($0.level, $0.own) }) ?? true { winner = (key.0, key.1, tenths) }
            }
            return winner?.tenths
        }
        let hardware = connector.maximum.tenths * (unit == .watts ? 230 * connector.phases : 1)
        let session = (connector.transaction == nil ? nil : best(.txProfile)) ?? best(.txDefaultProfile)
        return min(hardware, session ?? .max, best(.chargePointMaxProfile) ?? .max)
    }

    private func said(
        _ entry: InstalledProfile, _ unit: ChargingRateUnit, _ phases: Int, _ sessionStart: Int, _ second: Int
    ) -> Int? {
        let profile = entry.profile
        let schedule = profile.chargingSchedule
        if let from = profile.validFrom, second < from.seconds { return nil }
        if let to = profile.validTo, second >= to.seconds { return nil }
        var origin = sessionStart
        if profile.chargingProfileKind == .recurring {
            origin = (schedule.startSchedule ?? profile.validFrom)?.seconds ?? 0
        } else if profile.chargingProfileKind == .absolute {
            if let begin = schedule.startSchedule {
                origin = begin.seconds
            } else if profile.chargingProfilePurpose == .chargePointMaxProfile {
                origin = (profile.validFrom ?? entry.installedAt).seconds
            }
        }
        guard second >= origin else { return nil }
        var offset = second - origin
        if profile.chargingProfileKind == .recurring { offset %= profile.recurrencyKind == .daily ? 86_400 : 604_800 }
        if let duration = schedule.duration, offset >= duration { return nil }
        guard let period = schedule.chargingSchedulePeriod.filter({ $0.startPeriod <= offset }).last else { return nil }
        let factor = 230 * (period.numberPhases ?? phases)
        switch (schedule.chargingRateUnit, unit) {
        case (.amperes, .watts): return period.limit.tenths * factor
        case (.watts, .amperes): return period.limit.tenths / factor
        default: return period.limit.tenths
        }
    }
}
