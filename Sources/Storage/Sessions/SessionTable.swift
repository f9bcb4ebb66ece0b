/// Statements on charging sessions.
enum SessionTable {
    static func begin(
        box: String, connector: Int?, card: String?, at time: WallTime, meter: Int, transaction: Int64?,
        _ connection: Connection
    ) throws(StorageError) {
        try connection.execute(
            """
            INSERT INTO sessions (box, connector, card, started_at, meter_start, transaction_id)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .text(box), connector.map { .number($0) } ?? .null, .textOrNull(card), .time(time), .number(meter),
                transaction.map { .integer($0) } ?? .null,
            ])
    }

    static func end(
        transaction: Int64, at time: WallTime, meter: Int, reason: String?, _ connection: Connection
    ) throws(StorageError) {
        try connection.execute(
            "UPDATE sessions SET ended_at = ?, meter_end = ?, reason = ? WHERE transaction_id = ?",
            [.time(time), .number(meter), .textOrNull(reason), .integer(transaction)])
    }
}
