extension SiteStorage {
    /// All charging profiles, by connector, purpose and falling stack level. Throws `StorageError`.
    public func chargingProfiles() async throws(StorageError) -> [StoredChargingProfile] {
        let rows = try await database.query(
            "SELECT * FROM ocpp_charging_profiles ORDER BY connector, purpose, stack_level DESC")
        return try rows.map { row throws(StorageError) in try StoredChargingProfile(row) }
    }

    /// Stores a profile in place of the one with the same id, and of the one with the same purpose and stack level on the
    /// same connector (OCPP 1.6, 5.16). Throws `StorageError`.
    public func storeChargingProfile(_ profile: StoredChargingProfile) async throws(StorageError) {
        try await database.transaction { connection throws(StorageError) in
            try connection.execute(
                """
                DELETE FROM ocpp_charging_profiles
                WHERE id = ? OR (connector = ? AND purpose = ? AND stack_level = ?)
                """,
                [
                    .number(profile.id), .number(profile.connector), .text(profile.purpose),
                    .number(profile.stackLevel),
                ])
            try connection.execute(
                """
                INSERT INTO ocpp_charging_profiles (id, connector, purpose, stack_level, transaction_id, profile,
                    stored_at) VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .number(profile.id), .number(profile.connector), .text(profile.purpose),
                    .number(profile.stackLevel), profile.transaction.map { .number($0) } ?? .null,
                    .blob(profile.profile), .time(profile.storedAt),
                ])
        }
    }

    /// Removes profiles by id, all or none; how many there were. Throws `StorageError`.
    @discardableResult
    public func removeChargingProfiles(_ ids: [Int]) async throws(StorageError) -> Int {
        try await database.transaction { connection throws(StorageError) in
            var removed = 0
            for id in ids {
                try connection.execute("DELETE FROM ocpp_charging_profiles WHERE id = ?", [.number(id)])
                removed += connection.changes
            }
            return removed
        }
    }
}
