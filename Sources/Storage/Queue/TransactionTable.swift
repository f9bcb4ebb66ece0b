/// Statements on stored transactions.
enum TransactionTable {
    /// What deciding about a message takes.
    struct Record {
        let id: Int64
        let queue: Int64
        let connector: Int
        let startedAt: WallTime
        let reportedStop: WallTime?
        let meterLast: Int
        let meterAt: WallTime
        let undeliveredReason: String?

        init(_ row: Row) throws(StorageError) {
            id = try row.integer("id")
            queue = try row.integer("queue")
            connector = Int(try row.integer("connector"))
            startedAt = try row.time("started_at")
            reportedStop = try row.optionalTime("reported_stop")
            meterLast = Int(try row.integer("meter_last"))
            meterAt = try row.time("meter_at")
            undeliveredReason = try row.optionalText("undelivered_reason")
        }
    }

    /// 2026-01-01T00:00:00Z.
    private static let epoch = WallTime(milliseconds: 1_767_225_600_000)
    /// Starts on one connector lie this far apart, in milliseconds: a backend tells them apart by seconds.
    private static let apart: Int64 = 1000

    /// The next local id: above all before, and at least the seconds since 2026, so that a database that was lost does
    /// not give ids that slaves still know. A clock that is far ahead (after 2089) is not believed.
    static func nextID(at now: WallTime, _ connection: Connection) throws(StorageError) -> Int64 {
        let rows = try connection.query("SELECT seq FROM sqlite_sequence WHERE name = 'ocpp_transactions'")
        let last = try rows.first?.integer("seq") ?? 0
        let seconds = (now.milliseconds - epoch.milliseconds) / 1000
        return max(last + 1, 1, seconds < 2_000_000_000 ? seconds : 1)
    }

    /// The first moment from `wanted` on that lies at least a second from every other start on the connector.
    static func freeMoment(
        from wanted: WallTime, connector: Int, _ connection: Connection
    ) throws(StorageError) -> WallTime {
        var moment = wanted
        while true {
            let near = try connection.query(
                """
                SELECT max(started_at) AS latest FROM ocpp_transactions
                WHERE connector = ? AND started_at > ? AND started_at < ?
                """,
                [
                    .number(connector), .integer(moment.milliseconds - apart), .integer(moment.milliseconds + apart),
                ])
            guard let latest = try near.first?.optionalTime("latest") else { return moment }
            moment = WallTime(milliseconds: latest.milliseconds + apart)
        }
    }

    static func find(_ id: Int, _ connection: Connection) throws(StorageError) -> Record? {
        try first("SELECT * FROM ocpp_transactions WHERE id = ?", [.number(id)], connection)
    }

    /// The transaction that ended with this very stop.
    static func stopped(_ stop: TransactionStop, _ connection: Connection) throws(StorageError) -> Record? {
        try first(
            """
            SELECT * FROM ocpp_transactions WHERE connector = ? AND box = ? AND reported_stop = ?
            ORDER BY started_at DESC LIMIT 1
            """,
            [.number(stop.connector), .text(stop.box), .time(stop.at)], connection)
    }

    /// The latest transaction of a connector that has no stop.
    static func open(connector: Int, _ connection: Connection) throws(StorageError) -> Record? {
        try first(
            "SELECT * FROM ocpp_transactions WHERE connector = ? AND stopped_at IS NULL ORDER BY id DESC LIMIT 1",
            [.number(connector)], connection)
    }

    /// Stores a meter value; throws when it is below the last one and not from before it.
    static func note(
        meter: Int, at time: WallTime, _ record: Record, _ connection: Connection
    ) throws(StorageError) {
        guard meter >= record.meterLast else {
            if time < record.meterAt { return }
            throw .meterBackwards(transaction: Int(record.id), last: record.meterLast, offered: meter)
        }
        try connection.execute(
            "UPDATE ocpp_transactions SET meter_last = ?, meter_at = max(meter_at, ?) WHERE id = ?",
            [.number(meter), .time(time), .integer(record.id)])
    }

    private static func first(
        _ sql: String, _ values: [SQLValue], _ connection: Connection
    ) throws(StorageError) -> Record? {
        guard let row = try connection.query(sql, values).first else { return nil }
        return try Record(row)
    }
}
