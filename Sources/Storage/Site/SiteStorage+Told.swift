import Foundation

extension SiteStorage {
    /// Stores what a device was told, in place of what was stored for it before; returns the new generation.
    ///
    /// Throws `StorageError`.
    @discardableResult
    public func storeTold(
        device: String, _ told: StoredTold, at time: WallTime = .now()
    ) async throws(StorageError) -> Int64 {
        try await storeTold(device: device, encoding: told, at: time)
    }

    /// Stores a told state of the caller's own type.
    ///
    /// Throws `StorageError`.
    @discardableResult
    public func storeTold<State: Encodable>(
        device: String, encoding state: State, at time: WallTime = .now()
    ) async throws(StorageError) -> Int64 {
        let json: Data
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            json = try encoder.encode(state)
        } catch {
            throw .unexpectedValue(path: database.path, place: "the told state of '\(device)'", detail: "\(error)")
        }
        return try await storeTold(device: device, state: Array(json), at: time)
    }

    /// Stores a told state as JSON of the caller's own making.
    ///
    /// Throws `StorageError`.
    @discardableResult
    public func storeTold(
        device: String, state: [UInt8], at time: WallTime = .now()
    ) async throws(StorageError) -> Int64 {
        try await database.transaction { connection throws(StorageError) in
            let rows = try connection.query("UPDATE generations SET last = last + 1 RETURNING last")
            guard let generation = try rows.first?.integer("last") else {
                throw .unexpectedValue(path: connection.path, place: "table 'generations'", detail: "it is empty")
            }
            try connection.execute(
                "INSERT OR REPLACE INTO told_values (device, state, generation, stored_at) VALUES (?, ?, ?, ?)",
                [.text(device), .blob(state), .integer(generation), .time(time)])
            return generation
        }
    }

    /// What is stored for a device, nil if nothing. Throws `StorageError`.
    public func toldRecord(device: String) async throws(StorageError) -> ToldRecord? {
        let rows = try await database.query("SELECT * FROM told_values WHERE device = ?", [.text(device)])
        return try rows.first.map { row throws(StorageError) in try ToldRecord(row) }
    }

    /// What a device was told, nil if nothing is stored. Throws `StorageError`.
    public func told(device: String) async throws(StorageError) -> StoredTold? {
        try await toldRecord(device: device)?.decoded()
    }

    /// All told states, by device. Not decoded, so that one that cannot be does not hide the others.
    ///
    /// Throws `StorageError`.
    public func toldRecords() async throws(StorageError) -> [ToldRecord] {
        let rows = try await database.query("SELECT * FROM told_values ORDER BY device")
        return try rows.map { row throws(StorageError) in try ToldRecord(row) }
    }

    /// Forgets what a device was told, when it was removed from the site. Throws `StorageError`.
    public func forgetTold(device: String) async throws(StorageError) {
        try await database.execute("DELETE FROM told_values WHERE device = ?", [.text(device)])
    }
}
