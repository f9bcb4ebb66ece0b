extension SiteStorage {
    /// Events kept; open alarms are kept besides.
    public static let eventsKept = 10_000

    /// Records an event; returns its id. Throws `StorageError`.
    @discardableResult
    public func recordEvent(
        _ level: SiteEvent.Level, code: String, device: String? = nil, text: String, at time: WallTime = .now()
    ) async throws(StorageError) -> Int64 {
        try await database.transaction { connection throws(StorageError) in
            try EventTable.insert(level, code, device, text, isAlarm: false, time, connection)
        }
    }

    /// Begins an alarm; if the same code is already open for the device, only its text is brought up to date. Returns
    /// its id. Throws `StorageError`.
    @discardableResult
    public func raiseAlarm(
        _ level: SiteEvent.Level = .warning, code: String, device: String? = nil, text: String,
        at time: WallTime = .now()
    ) async throws(StorageError) -> Int64 {
        try await database.transaction { connection throws(StorageError) in
            let open = try connection.query(
                """
                UPDATE events SET text = ?, level = ?
                WHERE is_alarm = 1 AND cleared_at IS NULL AND code = ? AND ifnull(device, '') = ? RETURNING id
                """,
                [.text(text), .text(level.rawValue), .text(code), .text(device ?? "")])
            if let id = try open.first?.integer("id") { return id }
            return try EventTable.insert(level, code, device, text, isAlarm: true, time, connection)
        }
    }

    /// Ends an alarm; nothing happens if it is not open. Throws `StorageError`.
    public func clearAlarm(code: String, device: String? = nil, at time: WallTime = .now()) async throws(StorageError) {
        try await database.execute(
            """
            UPDATE events SET cleared_at = ?
            WHERE is_alarm = 1 AND cleared_at IS NULL AND code = ? AND ifnull(device, '') = ?
            """,
            [.time(time), .text(code), .text(device ?? "")])
    }

    /// Alarms that last, oldest first. Throws `StorageError`.
    public func openAlarms() async throws(StorageError) -> [SiteEvent] {
        let rows = try await database.query(
            "SELECT * FROM events WHERE is_alarm = 1 AND cleared_at IS NULL ORDER BY id")
        return try rows.map { row throws(StorageError) in try SiteEvent(row) }
    }

    /// The last `count` events and alarms, newest first; only those of `device` if given. Throws `StorageError`.
    public func events(last count: Int, device: String? = nil) async throws(StorageError) -> [SiteEvent] {
        let rows = try await database.query(
            "SELECT * FROM events WHERE ?1 IS NULL OR device = ?1 ORDER BY id DESC LIMIT ?2",
            [.textOrNull(device), .integer(Int64(max(0, count)))])
        return try rows.map { row throws(StorageError) in try SiteEvent(row) }
    }
}

enum EventTable {
    @discardableResult
    static func insert(
        _ level: SiteEvent.Level, _ code: String, _ device: String?, _ text: String, isAlarm: Bool, _ time: WallTime,
        _ connection: Connection
    ) throws(StorageError) -> Int64 {
        try connection.execute(
            "INSERT INTO events (at, level, code, device, text, is_alarm) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .time(time), .text(level.rawValue), .text(code), .textOrNull(device), .text(text),
                .integer(isAlarm ? 1 : 0),
            ])
        let id = connection.lastInsertedID
        try connection.execute(
            "DELETE FROM events WHERE id <= ? AND NOT (is_alarm = 1 AND cleared_at IS NULL)",
            [.integer(id - Int64(SiteStorage.eventsKept))])
        return id
    }
}
