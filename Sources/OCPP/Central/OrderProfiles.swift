/// Makes the charging profiles by which a connector is governed: its order, and the fall-back beneath it.
///
/// An order is one schedule of two periods: what was told, and after the hold time the fall-back. A slave that loses the
/// master so limits itself, without any knowledge of the connection; while the master is there it renews the order long
/// before. The schedule begins a minute in the past, so that a slave whose clock is a little behind follows it at once.
public struct OrderProfiles: Hashable, Sendable {
    /// The connector at the slave.
    public var connector: Int
    /// Amperes, or watts for a slave that takes no amperes.
    public var unit: ChargingRateUnit
    /// The phases a limit in watts is counted on, 1 to 3; it is told to the slave where it is not 3.
    public var phases: Int
    /// The stack level of orders: the highest the slave takes, so that no other profile of the same purpose counts.
    public var level: Int
    /// Seconds after which the fall-back counts; nil for a slave whose schedules have one period.
    public var hold: Int?

    /// How far in the past a schedule begins, in seconds.
    public static let lead = 60
    /// Volts a limit in watts is counted with.
    public static let voltage = 230

    /// Makes the profiles of a connector of a slave with these abilities.
    public init(connector: Int, abilities: SlaveAbilities, phases: Int, hold: Int) {
        self.connector = connector
        self.unit = abilities.rateUnit
        self.phases = min(max(phases, 1), 3)
        level = abilities.maximumStackLevel
        self.hold = abilities.maximumPeriods >= 2 ? hold : nil
    }

    /// The order for what the next transaction and one that has no profile of its own may draw, in A per phase; `fallback`
    /// counts after the hold time.
    public func order(_ amperes: Tenths, then fallback: Tenths, at now: Timestamp) -> ChargingProfile {
        profile(.txDefaultProfile, 1, level, transaction: nil, schedule(amperes, then: fallback, at: now))
    }

    /// The same for the transaction that runs.
    public func order(
        _ amperes: Tenths, then fallback: Tenths, transaction: Int, at now: Timestamp
    ) -> ChargingProfile {
        profile(.txProfile, 2, level, transaction: transaction, schedule(amperes, then: fallback, at: now))
    }

    /// What counts where no order does, without end; nil where the slave takes one profile of the purpose only.
    public func fallback(_ amperes: Tenths, at now: Timestamp) -> ChargingProfile? {
        guard level > 0 else { return nil }
        let schedule = ChargingSchedule(
            startSchedule: now.advanced(bySeconds: -Self.lead), chargingRateUnit: unit,
            chargingSchedulePeriod: [period(0, amperes)])
        return profile(.txDefaultProfile, 0, 0, transaction: nil, schedule)
    }

    /// A limit in A per phase as the slave is told it, rounded down.
    public func limit(_ amperes: Tenths) -> Tenths {
        unit == .amperes ? amperes : Tenths(tenths: amperes.tenths * Self.voltage * phases / 10 * 10)
    }

    /// What a limit of the slave is in A per phase, rounded up; nil for a negative one.
    public func amperes(_ limit: Tenths, _ unit: ChargingRateUnit, phases: Int?) -> Tenths? {
        guard limit.tenths >= 0 else { return nil }
        guard unit == .watts else { return limit }
        let divisor = Self.voltage * min(max(phases ?? self.phases, 1), 3)
        return Tenths(tenths: (limit.tenths + divisor - 1) / divisor)
    }

    private func schedule(_ amperes: Tenths, then fallback: Tenths, at now: Timestamp) -> ChargingSchedule {
        var periods = [period(0, amperes)]
        if let hold, limit(fallback) != limit(amperes) { periods.append(period(Self.lead + hold, fallback)) }
        return ChargingSchedule(
            startSchedule: now.advanced(bySeconds: -Self.lead), chargingRateUnit: unit,
            chargingSchedulePeriod: periods)
    }

    private func period(_ start: Int, _ amperes: Tenths) -> ChargingSchedulePeriod {
        ChargingSchedulePeriod(startPeriod: start, limit: limit(amperes), numberPhases: phases == 3 ? nil : phases)
    }

    /// Ids far above those that backends count from 1, the same ones for the same use, so that a new profile replaces the
    /// old one (OCPP 1.6, 5.16.2).
    private func profile(
        _ purpose: ChargingProfilePurpose, _ use: Int, _ level: Int, transaction: Int?, _ schedule: ChargingSchedule
    ) -> ChargingProfile {
        ChargingProfile(
            chargingProfileId: 1_870_000_000 + connector * 4 + use, transactionId: transaction, stackLevel: level,
            chargingProfilePurpose: purpose, chargingProfileKind: .absolute, chargingSchedule: schedule)
    }
}
