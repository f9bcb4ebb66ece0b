/// The authorisation cache (OCPP 1.6, 3.5.1): what the backend last said about tags.
extension SiteStorage {
    /// How many tags are remembered; the ones not used for longest go first.
    public static let cachedAuthorisations = 10_000

    /// What the backend last said about a tag, and counts it as used; nil for an unknown one. Throws `StorageError`.
    public func cachedAuthorisation(
        _ idTag: String, at now: WallTime = .now()
    ) async throws(StorageError) -> StoredAuthorisation? {
        let rows = try await database.query(
            "UPDATE ocpp_authorisation_cache SET used_at = ? WHERE id_tag = ? RETURNING *", [.time(now), .text(idTag)])
        return try rows.first.map { row throws(StorageError) in try StoredAuthorisation(row) }
    }

    /// The tags that were used last, the one not used for longest first, with when they were used. Throws `StorageError`.
    public func cachedAuthorisations(
        last count: Int
    ) async throws(StorageError) -> [(authorisation: StoredAuthorisation, usedAt: WallTime)] {
        let rows = try await database.query(
            "SELECT * FROM ocpp_authorisation_cache ORDER BY used_at DESC LIMIT ?", [.number(max(0, count))])
        return try rows.reversed().map { row throws(StorageError) in
            (try StoredAuthorisation(row), try row.time("used_at"))
        }
    }

    /// Remembers what the backend said. Throws `StorageError`.
    public func cacheAuthorisation(
        _ authorisation: StoredAuthorisation, at now: WallTime = .now()
    ) async throws(StorageError) {
        try await database.transaction { connection throws(StorageError) in
            try connection.execute(
                """
                INSERT OR REPLACE INTO ocpp_authorisation_cache (id_tag, status, parent, expires_at, used_at)
                VALUES (?, ?, ?, ?, ?)
                """,
                authorisation.values + [.time(now)])
            try connection.execute(
                """
                DELETE FROM ocpp_authorisation_cache WHERE id_tag IN
                    (SELECT id_tag FROM ocpp_authorisation_cache ORDER BY used_at DESC LIMIT -1 OFFSET ?)
                """,
                [.number(SiteStorage.cachedAuthorisations)])
        }
    }

    /// Forgets all tags (ClearCache). Throws `StorageError`.
    public func clearAuthorisationCache() async throws(StorageError) {
        try await database.execute("DELETE FROM ocpp_authorisation_cache")
    }
}
