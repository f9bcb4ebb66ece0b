extension SiteStorage {
    /// Begins a session of a box without a backend; sessions with one are made and ended by its queue.
    ///
    /// `meter` in Wh. Returns its number. Throws `StorageError`.
    @discardableResult
    public func beginSession(
        box: String, card: String?, meter: Int, at time: WallTime = .now()
    ) async throws(StorageError) -> Int64 {
        try await database.transaction { connection throws(StorageError) in
            try SessionTable.begin(
                box: box, connector: nil, card: card, at: time, meter: meter, transaction: nil, connection)
            return connection.lastInsertedID
        }
    }

    /// Ends a session of a box without a backend; one that has ended stays as it is. A meter below that of the start
    /// counts as no energy. `meter` in Wh. Throws `StorageError`.
    public func endSession(
        _ id: Int64, meter: Int, reason: String?, at time: WallTime = .now()
    ) async throws(StorageError) {
        try await database.execute(
            """
            UPDATE sessions SET ended_at = max(started_at, ?), meter_end = max(meter_start, ?), reason = ?
            WHERE id = ? AND ended_at IS NULL AND transaction_id IS NULL
            """,
            [.time(time), .number(meter), .textOrNull(reason), .integer(id)])
    }

    /// Sessions that began in a span of time (`to` excluded), oldest first. Throws `StorageError`.
    public func sessions(from: WallTime, to: WallTime) async throws(StorageError) -> [ChargingSession] {
        let rows = try await database.query(
            "SELECT * FROM sessions WHERE started_at >= ? AND started_at < ? ORDER BY started_at, id",
            [.time(from), .time(to)])
        return try rows.map { row throws(StorageError) in try ChargingSession(row) }
    }

    /// Sessions that have not ended, oldest first. Throws `StorageError`.
    public func openSessions() async throws(StorageError) -> [ChargingSession] {
        let rows = try await database.query("SELECT * FROM sessions WHERE ended_at IS NULL ORDER BY id")
        return try rows.map { row throws(StorageError) in try ChargingSession(row) }
    }
}
