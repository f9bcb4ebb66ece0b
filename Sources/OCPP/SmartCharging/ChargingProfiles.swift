/// The charging profiles of a station (OCPP 1.6, 3.13): which are taken, which replace which, what they come to.
public struct ChargingProfiles: Sendable {
    /// What a station takes; the values of the configuration keys.
    public struct Limits: Sendable, Hashable {
        /// ChargeProfileMaxStackLevel.
        public var stackLevel: Int
        /// ChargingScheduleMaxPeriods.
        public var periods: Int
        /// MaxChargingProfilesInstalled.
        public var installed: Int

        /// The defaults of the keys: 20, 500 and 500.
        public init(stackLevel: Int = 20, periods: Int = 500, installed: Int = 500) {
            self.stackLevel = stackLevel
            self.periods = periods
            self.installed = installed
        }
    }

    /// What a station takes.
    public var limits: Limits
    /// All profiles, to be stored.
    public private(set) var installed: [InstalledProfile]

    /// Profiles as they were stored.
    public init(installed: [InstalledProfile] = [], limits: Limits = Limits()) {
        self.installed = installed
        self.limits = limits
    }

    /// Takes a profile, or refuses it with the reason.
    ///
    /// It replaces the one with its id, and the one with its purpose and stack level on the same connector.
    public mutating func set(
        _ profile: ChargingProfile, connector: Int, site: ChargingSite, at now: Timestamp
    ) throws(ProfileRefusal) {
        try check(profile, connector: connector, site: site)
        var kept = installed.filter { old in
            old.profile.chargingProfileId != profile.chargingProfileId
                && !(old.connector == connector && old.profile.stackLevel == profile.stackLevel
                    && old.profile.chargingProfilePurpose == profile.chargingProfilePurpose)
        }
        guard kept.count < limits.installed else {
            throw ProfileRefusal("\(limits.installed) profiles are kept already")
        }
        kept.append(InstalledProfile(profile: profile, connector: connector, installedAt: now))
        installed = kept
    }

    /// Takes the profile that came with a remote start, when its transaction has begun and its id is known.
    public mutating func setForStartedTransaction(
        _ profile: ChargingProfile, connector: Int, site: ChargingSite, at now: Timestamp
    ) throws(ProfileRefusal) {
        var own = profile
        own.transactionId = site.connectors[connector]?.transaction?.id
        try set(own, connector: connector, site: site, at: now)
    }

    /// Removes the profile with an id, or all that match every property given; Unknown if none does.
    public mutating func clear(_ request: ClearChargingProfileRequest) -> ClearChargingProfileStatus {
        let before = installed.count
        installed.removeAll { old in
            if let id = request.id { return old.profile.chargingProfileId == id }
            return (request.connectorId.map { $0 == old.connector } ?? true)
                && (request.chargingProfilePurpose.map { $0 == old.profile.chargingProfilePurpose } ?? true)
                && (request.stackLevel.map { $0 == old.profile.stackLevel } ?? true)
        }
        return installed.count < before ? .accepted : .unknown
    }

    /// Removes what counted for a transaction that has ended.
    public mutating func endTransaction(onConnector connector: Int) {
        installed.removeAll { $0.connector == connector && $0.profile.chargingProfilePurpose == .txProfile }
    }

    /// Removes profiles that can never count again.
    public mutating func removeExpired(at now: Timestamp) {
        installed.removeAll { old in old.profile.validTo.map { $0 <= now } ?? false }
    }
}

/// Why a charging profile is not taken.
public struct ProfileRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// The sentence for the log.
    public let description: String

    init(_ description: String) { self.description = description }
}
