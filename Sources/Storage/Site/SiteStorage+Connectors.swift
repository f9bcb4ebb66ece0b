extension SiteStorage {
    /// The connector number of a device: the one it has, else `wanted`, else the next after all ever given, at least
    /// `lowest`. Given once, stored, never changed. A device that comes back gets its number back.
    ///
    /// Throws `StorageError.connectorTaken` if another device has or had `wanted`, `StorageError.connectorFixed` if the
    /// device has another one than `wanted`.
    public func connector(
        of device: String, wanted: Int? = nil, lowest: Int = 1, at time: WallTime = .now()
    ) async throws(StorageError) -> Int {
        try await database.transaction { connection throws(StorageError) in
            if let stored = try ConnectorTable.number(of: device, connection) {
                if let wanted, wanted != stored { throw .connectorFixed(device: device, number: stored) }
                try connection.execute("UPDATE connectors SET retired_at = NULL WHERE device = ?", [.text(device)])
                return stored
            }
            let number = if let wanted { wanted } else { try ConnectorTable.next(from: lowest, connection) }
            if let owner = try ConnectorTable.owner(of: number, connection) {
                throw .connectorTaken(number: number, by: owner)
            }
            try connection.execute(
                "INSERT INTO connectors (device, number, assigned_at) VALUES (?, ?, ?)",
                [.text(device), .integer(Int64(number)), .time(time)])
            return number
        }
    }

    /// Marks a device's connector as removed; its number stays taken. Throws `StorageError`.
    public func retireConnector(of device: String, at time: WallTime = .now()) async throws(StorageError) {
        try await database.execute(
            "UPDATE connectors SET retired_at = ? WHERE device = ? AND retired_at IS NULL",
            [.time(time), .text(device)])
    }

    /// All connectors ever given, by number. Throws `StorageError`.
    public func connectors() async throws(StorageError) -> [ConnectorAssignment] {
        let rows = try await database.query("SELECT * FROM connectors ORDER BY number")
        return try rows.map { row throws(StorageError) in try ConnectorAssignment(row) }
    }
}

private enum ConnectorTable {
    static func number(of device: String, _ connection: Connection) throws(StorageError) -> Int? {
        let rows = try connection.query("SELECT number FROM connectors WHERE device = ?", [.text(device)])
        return try rows.first.map { row throws(StorageError) in Int(try row.integer("number")) }
    }

    static func owner(of number: Int, _ connection: Connection) throws(StorageError) -> String? {
        let rows = try connection.query("SELECT device FROM connectors WHERE number = ?", [.integer(Int64(number))])
        return try rows.first?.text("device")
    }

    static func next(from lowest: Int, _ connection: Connection) throws(StorageError) -> Int {
        let highest = try connection.query("SELECT ifnull(max(number), 0) AS number FROM connectors")
        return max(lowest, Int(try highest.first?.integer("number") ?? 0) + 1)
    }
}
