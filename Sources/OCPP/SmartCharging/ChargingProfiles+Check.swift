extension ChargingProfiles {
    /// Whether a profile can be taken on a connector.
    public func check(_ profile: ChargingProfile, connector: Int, site: ChargingSite) throws(ProfileRefusal) {
        guard connector == 0 || site.connectors[connector] != nil else {
            throw ProfileRefusal("there is no connector \(connector)")
        }
        try checkPurpose(profile, connector: connector, site: site)
        guard (0...limits.stackLevel).contains(profile.stackLevel) else {
            throw ProfileRefusal("the stack level \(profile.stackLevel) is above \(limits.stackLevel)")
        }
        try checkTimes(profile)
        try checkPeriods(profile.chargingSchedule)
    }

    private func checkPurpose(
        _ profile: ChargingProfile, connector: Int, site: ChargingSite
    ) throws(ProfileRefusal) {
        switch profile.chargingProfilePurpose {
        case .chargePointMaxProfile:
            guard connector == 0 else { throw ProfileRefusal("ChargePointMaxProfile belongs on connector 0") }
            guard profile.chargingProfileKind != .relative else {
                throw ProfileRefusal(
                    "a station has no start of charging that ChargePointMaxProfile could be relative to")
            }
        case .txDefaultProfile: break
        case .txProfile:
            guard connector > 0 else { throw ProfileRefusal("TxProfile belongs on a connector") }
            guard let transaction = site.connectors[connector]?.transaction else {
                throw ProfileRefusal("no transaction runs on connector \(connector)")
            }
            guard let id = transaction.id, profile.transactionId == id else {
                throw ProfileRefusal("TxProfile does not name the transaction that runs on connector \(connector)")
            }
        }
    }

    private func checkTimes(_ profile: ChargingProfile) throws(ProfileRefusal) {
        if let from = profile.validFrom, let to = profile.validTo, to <= from {
            throw ProfileRefusal("validTo is not after validFrom")
        }
        guard profile.chargingProfileKind == .recurring else { return }
        guard profile.recurrencyKind != nil else { throw ProfileRefusal("a recurring profile needs a recurrencyKind") }
        guard profile.chargingSchedule.startSchedule != nil || profile.validFrom != nil else {
            throw ProfileRefusal("a recurring profile needs a startSchedule")
        }
    }

    private func checkPeriods(_ schedule: ChargingSchedule) throws(ProfileRefusal) {
        let periods = schedule.chargingSchedulePeriod
        guard periods.count <= limits.periods else {
            throw ProfileRefusal("\(periods.count) periods, at most \(limits.periods) are taken")
        }
        guard periods.first?.startPeriod == 0 else { throw ProfileRefusal("the first period must start at 0") }
        for (one, next) in zip(periods, periods.dropFirst()) where next.startPeriod <= one.startPeriod {
            throw ProfileRefusal("the periods are not in order: \(next.startPeriod) s after \(one.startPeriod) s")
        }
        for period in periods {
            guard period.limit >= 0 else { throw ProfileRefusal("the limit \(period.limit) is negative") }
            guard (1...3).contains(period.numberPhases ?? 3) else {
                throw ProfileRefusal("numberPhases is \(period.numberPhases ?? 3)")
            }
        }
    }
}
