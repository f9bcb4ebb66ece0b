/// Statements on what could not be delivered.
enum UndeliveredTable {
    /// Moves a message to the undelivered, or a whole transaction if one is given.
    static func setAside(
        _ message: Int64, transaction: Int?, _ reason: String, _ now: WallTime, _ connection: Connection
    ) throws(StorageError) {
        let facts: [SQLValue] = [.time(now), .text(reason)]
        guard let transaction else {
            return try connection.execute(
                "UPDATE ocpp_messages SET undelivered_since = ?, undelivered_reason = ? WHERE id = ?",
                facts + [.integer(message)])
        }
        try connection.execute(
            "UPDATE ocpp_transactions SET undelivered_since = ?, undelivered_reason = ? WHERE id = ?",
            facts + [.number(transaction)])
        try connection.execute(
            """
            UPDATE ocpp_messages SET undelivered_since = ?, undelivered_reason = ?
            WHERE transaction_id = ? AND undelivered_since IS NULL
            """,
            facts + [.number(transaction)])
    }

    /// Puts the undelivered messages of a transaction at the end of its queue, in their order; how many they were.
    static func requeue(_ transaction: Int, _ connection: Connection) throws(StorageError) -> Int {
        let rows = try connection.query(
            "SELECT id FROM ocpp_messages WHERE transaction_id = ? AND undelivered_since IS NOT NULL ORDER BY id",
            [.number(transaction)])
        for row in rows {
            let id: SQLValue = .integer(try row.integer("id"))
            try connection.execute(
                """
                INSERT INTO ocpp_messages (queue, transaction_id, connector, kind, payload, queued_at, thinned)
                SELECT queue, transaction_id, connector, kind, payload, queued_at, thinned FROM ocpp_messages WHERE id = ?
                """,
                [id])
            try connection.execute("DELETE FROM ocpp_messages WHERE id = ?", [id])
        }
        try connection.execute(
            "UPDATE ocpp_transactions SET undelivered_since = NULL, undelivered_reason = NULL WHERE id = ?",
            [.number(transaction)])
        return rows.count
    }
}
