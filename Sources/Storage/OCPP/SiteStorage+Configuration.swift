extension SiteStorage {
    /// All stored configuration keys; what was never changed is not here. Throws `StorageError`.
    public func configuration() async throws(StorageError) -> [ConfigurationValue] {
        let rows = try await database.query("SELECT * FROM ocpp_configuration ORDER BY connector, key")
        return try rows.map { row throws(StorageError) in
            ConfigurationValue(
                connector: Int(try row.integer("connector")), key: try row.text("key"), value: try row.text("value"))
        }
    }

    /// Stores values, all or none. Throws `StorageError`.
    public func setConfiguration(_ values: [ConfigurationValue]) async throws(StorageError) {
        try await database.transaction { connection throws(StorageError) in
            for value in values {
                try connection.execute(
                    "INSERT OR REPLACE INTO ocpp_configuration (connector, key, value) VALUES (?, ?, ?)",
                    [.number(value.connector), .text(value.key), .text(value.value)])
            }
        }
    }

    /// Forgets a stored value, so that the default counts again. Throws `StorageError`.
    public func resetConfiguration(_ key: String, connector: Int = 0) async throws(StorageError) {
        try await database.execute(
            "DELETE FROM ocpp_configuration WHERE connector = ? AND key = ?", [.number(connector), .text(key)])
    }
}
