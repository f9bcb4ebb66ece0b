extension SiteStorage {
    /// The name of the key with which a station logs in at its backend (security whitepaper, edition 2, chapter 4).
    private static let authorizationKey = "AuthorizationKey"

    /// What this site logs in at its backend with, as the key AuthorizationKey holds it; nil where none was set.
    ///
    /// Throws `StorageError`.
    public func authorizationKey() async throws(StorageError) -> String? {
        try await database.query(
            "SELECT value FROM ocpp_configuration WHERE connector = 0 AND key = ?",
            [.text(SiteStorage.authorizationKey)]
        ).first?.text("value")
    }

    /// Stores what this site logs in at its backend with; nil removes it. Throws `StorageError`.
    public func setAuthorizationKey(_ key: String?) async throws(StorageError) {
        guard let key else { return try await resetConfiguration(SiteStorage.authorizationKey) }
        try await setConfiguration([ConfigurationValue(key: SiteStorage.authorizationKey, value: key)])
    }

    /// Stores the key that a slave must show, and pairs it as `box` where it was not paired yet; nil removes the key.
    ///
    /// What it said of itself stays. Throws `StorageError`.
    public func setKey(
        _ key: [UInt8]?, ofSlave chargePoint: String, box: String, at time: WallTime = .now()
    ) async throws(StorageError) {
        try await database.execute(
            """
            INSERT INTO ocpp_slaves (charge_point, box, key, paired_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (charge_point) DO UPDATE SET box = excluded.box, key = excluded.key
            """,
            [.text(chargePoint), .text(box), key.map { .blob($0) } ?? .null, .time(time)])
    }
}
