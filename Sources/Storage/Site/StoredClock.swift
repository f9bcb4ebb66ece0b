/// The latest wall-clock time seen.
enum StoredClock {
    /// 2026-01-01T00:00:00Z: no clock that is right is before it.
    static let earliest = WallTime(milliseconds: 1_767_225_600_000)

    static func seen(_ connection: Connection) throws(StorageError) -> WallTime? {
        try connection.query("SELECT seen FROM clock").first?.time("seen")
    }

    static func state(of now: WallTime, _ connection: Connection) throws(StorageError) -> ClockState {
        let latest = max(try seen(connection) ?? earliest, earliest)
        return now < latest ? .notSet(lastSeen: latest) : .plausible
    }

    static func store(_ now: WallTime, _ connection: Connection) throws(StorageError) {
        try connection.execute("INSERT OR REPLACE INTO clock (id, seen) VALUES (1, ?)", [.time(now)])
    }
}
