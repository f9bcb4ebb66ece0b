/// The counted writes of one point, by minute.
///
/// A clock that fell back would make old writes look far away, so time here is never before the latest clock stored.
struct PointWrites {
    let connection: Connection
    let device: String
    let point: String

    func add(at time: WallTime) throws(StorageError) {
        let minute = try minute(at: time)
        try connection.execute(
            "DELETE FROM register_writes WHERE device = ? AND point = ? AND minute < ?",
            [.text(device), .text(point), .integer(minute - WriteWindow.year.minutes)])
        try connection.execute(
            """
            INSERT INTO register_writes (device, point, minute, count) VALUES (?, ?, ?, 1)
            ON CONFLICT (device, point, minute) DO UPDATE SET count = count + 1
            """,
            [.text(device), .text(point), .integer(minute)])
    }

    func counts(at time: WallTime) throws(StorageError) -> WriteCounts {
        let minute = try minute(at: time)
        var counts: [WriteWindow: Int] = [:]
        for window in WriteWindow.allCases {
            let rows = try connection.query(
                """
                SELECT ifnull(sum(count), 0) AS count FROM register_writes
                WHERE device = ? AND point = ? AND minute >= ?
                """,
                [.text(device), .text(point), .integer(minute - window.minutes)])
            counts[window] = Int(try rows.first?.integer("count") ?? 0)
        }
        return WriteCounts(counts)
    }

    private func minute(at time: WallTime) throws(StorageError) -> Int64 {
        let seen = try StoredClock.seen(connection)
        return max(time, seen ?? time).milliseconds / 60_000
    }
}
