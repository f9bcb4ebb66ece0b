extension Station {
    /// What smart charging must know of the site.
    var site: ChargingSite {
        var site = ChargingSite(voltage: configuration.voltage, maximum: configuration.maximum, connectors: [:])
        // A limit in W must hold on the phases a box really is on, whatever a profile says of them.
        site.countsOwnPhases = true
        for (number, state) in connectors where state.connector.kind != .removed {
            site.connectors[number] = ChargingConnector(
                maximum: maximum(state), phases: phases(state),
                transaction: state.transaction.map { .init(id: profileID($0), start: $0.start) })
        }
        return site
    }

    private func phases(_ state: ConnectorState) -> Int {
        min(state.connector.phases, state.reading?.phases ?? state.connector.phases)
    }

    /// The id that TxProfiles name: the backend's, or one of our own below 0 until it is known.
    func profileID(_ transaction: OpenTransaction) -> Int { transaction.backendID ?? -transaction.id }

    private func maximum(_ state: ConnectorState) -> Tenths {
        guard let own = keys.integer("OperatorCurrentLimit", connector: state.number) else {
            return state.connector.maximum
        }
        return min(Tenths(own), state.connector.maximum)
    }

    /// Works out all limits anew if they may have changed.
    mutating func updateLimits() {
        guard limits.isStale || limits.until.map({ $0 <= now }) ?? false else { return }
        let installed = profiles.installed
        profiles.removeExpired(at: now)
        if profiles.installed != installed { effects.append(.store(.profiles(profiles.installed))) }
        let site = site
        limits.isStale = false
        limits.connectors = [:]
        limits.until = nil
        let plan = LimitPlan(profiles, site: site, unit: .amperes, idleStart: now)
        for number in site.connectors.keys {
            guard let (limit, until) = plan.limit(connector: number, at: now.seconds) else { continue }
            limits.connectors[number] = (isUngoverned(number) ? 0 : max(limit.limit, 0), limit.numberPhases)
            note(until)
        }
        limits.site = nil
        let isCapped = profiles.installed.contains { $0.profile.chargingProfilePurpose == .chargePointMaxProfile }
        if isCapped, let (limit, until) = plan.limit(connector: 0, at: now.seconds) {
            limits.site = max(limit.limit, 0)
            note(until)
        }
        if limits.site != limits.toldSite {
            limits.toldSite = limits.site
            effects.append(.siteLimit(limits.site))
        }
        for number in numbers { updateOutput(number) }
    }

    /// Whether the master has not said yet how much a connector may take.
    private func isUngoverned(_ number: Int) -> Bool {
        guard configuration.isGoverned else { return false }
        return !profiles.installed.contains { installed in
            installed.profile.chargingProfilePurpose != .chargePointMaxProfile
                && [0, number].contains(installed.connector)
        }
    }

    private mutating func note(_ until: Int?) {
        guard let moment = until.map({ Timestamp(seconds: $0) }) else { return }
        limits.until = limits.until.map { min($0, moment) } ?? moment
    }

    /// Tells the host what a connector may do if that has changed.
    mutating func updateOutput(_ number: Int) {
        guard let state = connectors[number], state.connector.kind != .removed else { return }
        let limit = limits.connectors[number]
        let output = ConnectorOutput(
            mayCharge: mayCharge(state), current: limit?.current ?? state.connector.maximum, phases: limit?.phases)
        guard output != state.output else { return }
        connectors[number]?.output = output
        effects.append(.output(connector: number, output))
    }

    private func mayCharge(_ state: ConnectorState) -> Bool {
        if state.isSlave { return !isInoperative(state.number) || state.slaveTransaction != nil }
        return switch state.phase {
        case .charging(let transaction): transaction.mayCharge
        case .free: true
        case .idle, .authorising, .authorised, .starting, .stopping: false
        }
    }

    var profileLimits: ChargingProfiles.Limits {
        ChargingProfiles.Limits(
            stackLevel: keys.integer("ChargeProfileMaxStackLevel") ?? 20,
            periods: keys.integer("ChargingScheduleMaxPeriods") ?? 500,
            installed: keys.integer("MaxChargingProfilesInstalled") ?? 500)
    }
}
