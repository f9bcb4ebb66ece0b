/// The local authorisation list (OCPP 1.6, 3.5.2), whose tags and version always change together.
extension SiteStorage {
    /// The version of the list; 0 while it is empty (OCPP 1.6, 6.24). Throws `StorageError`.
    public func localListVersion() async throws(StorageError) -> Int {
        let rows = try await database.query(
            "SELECT version FROM ocpp_local_list_version WHERE EXISTS (SELECT 1 FROM ocpp_local_list)")
        return Int(try rows.first?.integer("version") ?? 0)
    }

    /// A tag of the list; nil for one that is not in it. Throws `StorageError`.
    public func localListEntry(_ idTag: String) async throws(StorageError) -> StoredAuthorisation? {
        let rows = try await database.query("SELECT * FROM ocpp_local_list WHERE id_tag = ?", [.text(idTag)])
        return try rows.first.map { row throws(StorageError) in try StoredAuthorisation(row) }
    }

    /// All tags of the list, by name. Throws `StorageError`.
    public func localList() async throws(StorageError) -> [StoredAuthorisation] {
        let rows = try await database.query("SELECT * FROM ocpp_local_list ORDER BY id_tag")
        return try rows.map { row throws(StorageError) in try StoredAuthorisation(row) }
    }

    /// How many tags are in it. Throws `StorageError`.
    public func localListCount() async throws(StorageError) -> Int {
        let rows = try await database.query("SELECT count(*) AS n FROM ocpp_local_list")
        return Int(try rows.first?.integer("n") ?? 0)
    }

    /// A full update: this list and no other. Throws `StorageError`.
    public func replaceLocalList(
        version: Int, _ entries: [StoredAuthorisation]
    ) async throws(StorageError) {
        try await database.transaction { connection throws(StorageError) in
            try connection.execute("DELETE FROM ocpp_local_list")
            try LocalListTable.put(entries, connection)
            try LocalListTable.set(version, connection)
        }
    }

    /// A differential update if `version` is above the stored one; false when it is not, and nothing was changed
    /// (VersionMismatch, OCPP 1.6, 5.15).
    ///
    /// Throws `StorageError`.
    public func updateLocalList(
        version: Int, set entries: [StoredAuthorisation], remove idTags: [String]
    ) async throws(StorageError) -> Bool {
        try await database.transaction { connection throws(StorageError) in
            let rows = try connection.query("SELECT version FROM ocpp_local_list_version")
            guard Int64(version) > (try rows.first?.integer("version") ?? 0) else { return false }
            for tag in idTags { try connection.execute("DELETE FROM ocpp_local_list WHERE id_tag = ?", [.text(tag)]) }
            try LocalListTable.put(entries, connection)
            try LocalListTable.set(version, connection)
            return true
        }
    }
}

private enum LocalListTable {
    static func put(_ entries: [StoredAuthorisation], _ connection: Connection) throws(StorageError) {
        for entry in entries {
            try connection.execute(
                "INSERT OR REPLACE INTO ocpp_local_list (id_tag, status, parent, expires_at) VALUES (?, ?, ?, ?)",
                entry.values)
        }
    }

    static func set(_ version: Int, _ connection: Connection) throws(StorageError) {
        try connection.execute(
            "INSERT OR REPLACE INTO ocpp_local_list_version (id, version) VALUES (1, ?)", [.number(version)])
    }
}
