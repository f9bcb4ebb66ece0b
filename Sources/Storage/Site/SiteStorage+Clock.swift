extension SiteStorage {
    /// Whether the clock can be right, by the time stored last. Ask at the start. Throws `StorageError`.
    public func clockState(at now: WallTime = .now()) async throws(StorageError) -> ClockState {
        try await database.transaction { connection throws(StorageError) in
            try StoredClock.state(of: now, connection)
        }
    }

    /// Stores the clock, every minute; a clock before the stored one is not stored, and said to be not set.
    ///
    /// Throws `StorageError`.
    @discardableResult
    public func recordClock(_ now: WallTime = .now()) async throws(StorageError) -> ClockState {
        try await database.transaction { connection throws(StorageError) in
            let state = try StoredClock.state(of: now, connection)
            if state == .plausible { try StoredClock.store(now, connection) }
            return state
        }
    }

    /// Takes a clock as right although a later one was seen: somebody had set the clock too far ahead. Counted writes
    /// that lie after it become writes of now, so that they neither vanish nor count until then.
    ///
    /// Throws `StorageError`.
    public func acceptClock(_ now: WallTime) async throws(StorageError) {
        try await database.transaction { connection throws(StorageError) in
            try StoredClock.store(now, connection)
            let minute = now.milliseconds / 60_000
            try connection.execute(
                """
                INSERT INTO register_writes (device, point, minute, count)
                SELECT device, point, ?, sum(count) FROM register_writes WHERE minute > ? GROUP BY device, point
                ON CONFLICT (device, point, minute) DO UPDATE SET count = count + excluded.count
                """,
                [.integer(minute), .integer(minute)])
            try connection.execute("DELETE FROM register_writes WHERE minute > ?", [.integer(minute)])
        }
    }
}
