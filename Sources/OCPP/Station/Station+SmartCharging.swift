extension Station {
    mutating func set(_ request: SetChargingProfileRequest, id: String) {
        do throws(ProfileRefusal) {
            try profiles.set(request.csChargingProfiles, connector: request.connectorId, site: site, at: now)
            profilesChanged()
            answer(id, SetChargingProfileResponse(status: .accepted))
        } catch {
            refuse(.setChargingProfile, error.description)
            answer(id, SetChargingProfileResponse(status: .rejected))
        }
    }

    mutating func clear(_ request: ClearChargingProfileRequest, id: String) {
        let status = profiles.clear(request)
        if status == .accepted { profilesChanged() }
        answer(id, ClearChargingProfileResponse(status: status))
    }

    /// Why the profile of a remote start cannot be taken; nil if it can.
    func obstacle(_ profile: ChargingProfile, _ connector: Int) -> String? {
        guard profile.chargingProfilePurpose == .txProfile else {
            return "the profile of a remote start must be a TxProfile"
        }
        var trial = site
        trial.connectors[connector]?.transaction = .init(id: Int.min, start: now)
        var own = profile
        own.transactionId = Int.min
        do throws(ProfileRefusal) {
            try profiles.check(own, connector: connector, site: trial)
            return nil
        } catch { return error.description }
    }

    /// Takes the profile that came with a remote start.
    mutating func install(_ profile: ChargingProfile, _ connector: Int) {
        do throws(ProfileRefusal) {
            try profiles.setForStartedTransaction(profile, connector: connector, site: site, at: now)
            profilesChanged()
        } catch { refuse(.remoteStartTransaction, error.description) }
    }

    /// From now on the profiles of a transaction name the backend's id.
    mutating func renameProfiles(_ connector: Int, _ transaction: Int) {
        let own = profiles.installed.filter { $0.connector == connector && $0.profile.transactionId == -transaction }
        for installed in own { install(installed.profile, connector) }
    }

    /// Removes what counted for the transaction of a connector.
    mutating func endProfiles(_ connector: Int) {
        let before = profiles.installed.count
        profiles.endTransaction(onConnector: connector)
        limits.isStale = true
        if profiles.installed.count < before { profilesChanged() }
    }

    private mutating func profilesChanged() {
        limits.isStale = true
        effects.append(.store(.profiles(profiles.installed)))
    }
}
