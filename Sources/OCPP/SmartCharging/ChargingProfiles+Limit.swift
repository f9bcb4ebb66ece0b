extension ChargingProfiles {
    /// What a connector may take at a moment, or with 0 the whole station; and when that may change, nil if never.
    ///
    /// The highest stack level that counts wins; TxProfile goes before TxDefaultProfile; ChargePointMaxProfile and the
    /// hardware cap the result (OCPP 1.6, 3.13.3). Without a transaction it is what one that began at `idleStart` might take.
    /// For connector 0 it is the sum of all connectors, capped.
    public func limit(
        connector: Int, site: ChargingSite, unit: ChargingRateUnit = .amperes, at now: Timestamp,
        idleStart: Timestamp? = nil
    ) -> (limit: ChargingLimit, until: Timestamp?)? {
        let plan = LimitPlan(self, site: site, unit: unit, idleStart: idleStart ?? now)
        guard let (limit, until) = plan.limit(connector: connector, at: now.seconds) else { return nil }
        return (limit, until.map { Timestamp(seconds: $0) })
    }
}

/// The profiles of a site made ready for being asked at many moments.
struct LimitPlan {

    private let site: ChargingSite
    private let unit: ChargingRateUnit
    private let station: [ProfileClock]
    /// For each connector its TxProfiles, then its TxDefaultProfiles, the leading ones first.
    private let sessions: [Int: [ProfileClock]]

    init(_ profiles: ChargingProfiles, site: ChargingSite, unit: ChargingRateUnit, idleStart: Timestamp) {
        self.site = site
        self.unit = unit
        station = LimitPlan.ordered(
            profiles.installed.filter { $0.profile.chargingProfilePurpose == .chargePointMaxProfile }, nil)
        var sessions: [Int: [ProfileClock]] = [:]
        for (number, connector) in site.connectors {
            let start = connector.transaction?.start ?? idleStart
            let own = profiles.installed.filter {
                $0.profile.chargingProfilePurpose == .txProfile && $0.connector == number
                    && connector.transaction?.id != nil && $0.profile.transactionId == connector.transaction?.id
            }
            let defaults = profiles.installed.filter {
                $0.profile.chargingProfilePurpose == .txDefaultProfile && [0, number].contains($0.connector)
            }
            sessions[number] = LimitPlan.ordered(own, start) + LimitPlan.ordered(defaults, start)
        }
        self.sessions = sessions
    }

    /// Highest stack level first; at the same level the connector's own before that of the whole station.
    private static func ordered(_ profiles: [InstalledProfile], _ start: Timestamp?) -> [ProfileClock] {
        profiles.sorted {
            ($0.profile.stackLevel, $0.connector) > ($1.profile.stackLevel, $1.connector)
        }.map { ProfileClock($0, sessionStart: start) }
    }

    func limit(connector: Int, at now: Int) -> (ChargingLimit, until: Int?)? {
        connector == 0 ? stationLimit(at: now) : connectorLimit(connector, at: now)
    }

    private func connectorLimit(_ number: Int, at now: Int) -> (ChargingLimit, until: Int?)? {
        guard let connector = site.connectors[number] else { return nil }
        let (session, sessionUntil) = leading(sessions[number] ?? [], phases: connector.phases, at: now)
        let (cap, capUntil) = leading(station, phases: connector.phases, at: now)
        return (
            hardware(connector.maximum, phases: connector.phases).capped(by: session).capped(by: cap),
            ProfileClock.earlier(sessionUntil, capUntil)
        )
    }

    private func stationLimit(at now: Int) -> (ChargingLimit, until: Int?) {
        var (cap, until) = leading(station, phases: 3, at: now)
        if let maximum = site.maximum { cap = hardware(maximum, phases: 3).capped(by: cap) }
        var total = Tenths(0)
        for (number, connector) in site.connectors {
            let (session, next) = leading(sessions[number] ?? [], phases: connector.phases, at: now)
            until = ProfileClock.earlier(until, next)
            let own = hardware(connector.maximum, phases: connector.phases).capped(by: session)
            let (sum, overflow) = total.tenths.addingReportingOverflow(own.limit.tenths)
            total = Tenths(tenths: overflow ? .max : sum)
        }
        return (ChargingLimit(limit: total, unit: unit).capped(by: cap), until)
    }

    private func hardware(_ maximum: Tenths, phases: Int) -> ChargingLimit {
        ChargingLimit(limit: maximum, unit: .amperes).converted(to: unit, voltage: site.voltage, phases: phases)
    }

    /// What the first profile that counts says; and when any of those before it, or it, changes.
    private func leading(_ clocks: [ProfileClock], phases: Int, at now: Int) -> (ChargingLimit?, until: Int?) {
        var until: Int?
        for clock in clocks {
            let (period, next) = clock.state(at: now)
            until = ProfileClock.earlier(until, next)
            guard let period else { continue }
            let given = clock.profile.chargingSchedule.chargingRateUnit
            let isOwn = site.countsOwnPhases && given == .watts && unit == .amperes
            let limit = ChargingLimit(
                limit: period.limit, unit: given, numberPhases: isOwn ? nil : period.numberPhases)
            var converted = limit.converted(to: unit, voltage: site.voltage, phases: phases)
            converted.numberPhases = period.numberPhases
            return (converted, until)
        }
        return (nil, until)
    }
}
