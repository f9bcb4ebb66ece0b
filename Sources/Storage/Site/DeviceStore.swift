/// The key-value store of one device's driver; no driver sees another's.
public struct DeviceStore: Sendable {
    /// The device's id in the site file.
    public let device: String
    let database: Database

    /// The value of `key`, nil if there is none. Throws `StorageError`.
    public func value(_ key: String) async throws(StorageError) -> String? {
        let rows = try await database.query(
            "SELECT value FROM driver_store WHERE device = ? AND key = ?", [.text(device), .text(key)])
        return try rows.first?.text("value")
    }

    /// Stores `value` under `key`; nil removes it. Throws `StorageError`.
    public func set(_ key: String, to value: String?) async throws(StorageError) {
        guard let value else {
            return try await database.execute(
                "DELETE FROM driver_store WHERE device = ? AND key = ?", [.text(device), .text(key)])
        }
        try await database.execute(
            "INSERT OR REPLACE INTO driver_store (device, key, value) VALUES (?, ?, ?)",
            [.text(device), .text(key), .text(value)])
    }

    /// Everything stored for the device. Throws `StorageError`.
    public func all() async throws(StorageError) -> [String: String] {
        let rows = try await database.query("SELECT key, value FROM driver_store WHERE device = ?", [.text(device)])
        var values: [String: String] = [:]
        for row in rows { values[try row.text("key")] = try row.text("value") }
        return values
    }
}

extension SiteStorage {
    /// The key-value store of a device's driver.
    public func store(of device: String) -> DeviceStore {
        DeviceStore(device: device, database: database)
    }
}
