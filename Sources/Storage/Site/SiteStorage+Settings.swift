extension SiteStorage {
    /// A setting of the site, nil if it was never set. Throws `StorageError`.
    public func setting(_ key: String) async throws(StorageError) -> String? {
        try await database.query("SELECT value FROM settings WHERE key = ?", [.text(key)]).first?.text("value")
    }

    /// Stores a setting; nil removes it. Throws `StorageError`.
    public func setSetting(_ key: String, to value: String?) async throws(StorageError) {
        try await setSettings([key: value])
    }

    /// Stores several settings, all or none; nil removes one. Throws `StorageError`.
    public func setSettings(_ values: [String: String?]) async throws(StorageError) {
        try await database.transaction { connection throws(StorageError) in
            for (key, value) in values {
                guard let value else {
                    try connection.execute("DELETE FROM settings WHERE key = ?", [.text(key)])
                    continue
                }
                try connection.execute(
                    "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", [.text(key), .text(value)])
            }
        }
    }

    /// All settings. Throws `StorageError`.
    public func settings() async throws(StorageError) -> [String: String] {
        var values: [String: String] = [:]
        for row in try await database.query("SELECT key, value FROM settings") {
            values[try row.text("key")] = try row.text("value")
        }
        return values
    }
}
