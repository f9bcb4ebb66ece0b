extension TransactionQueue {
    /// The messages that were stored while nobody knew the time, in their order. Throws `StorageError`.
    public func uncertain() async throws(StorageError) -> [QueuedMessage] {
        let rows = try await database.query(
            """
            SELECT m.*, t.backend_id FROM ocpp_messages m LEFT JOIN ocpp_transactions t ON t.id = m.transaction_id
            WHERE m.queue = ? AND m.uncertain = 1 ORDER BY m.id
            """,
            [.integer(id)])
        return try rows.map { row throws(StorageError) in try QueuedMessage(row) }
    }

    /// The time is known: these messages have these contents from now on, and the times of their transactions and sessions
    /// are moved by so many milliseconds. All in one commit; their times are certain then, and never changed again.
    ///
    /// Throws `StorageError`.
    public func correct(by milliseconds: Int64, _ payloads: [Int64: [UInt8]]) async throws(StorageError) {
        let queue = id
        try await keep { connection throws(StorageError) in
            func move(_ table: String, _ id: String, _ column: String, _ kinds: String) throws(StorageError) {
                try connection.execute(
                    """
                    UPDATE \(table) SET \(column) = \(column) + ? WHERE \(column) IS NOT NULL AND \(id) IN (
                        SELECT transaction_id FROM ocpp_messages
                        WHERE queue = ? AND uncertain = 1 AND transaction_id IS NOT NULL \(kinds))
                    """,
                    [.integer(milliseconds), .integer(queue)])
            }
            let start = "AND kind = '\(MessageKind.start.rawValue)'"
            let stop = "AND kind = '\(MessageKind.stop.rawValue)'"
            try move("ocpp_transactions", "id", "started_at", start)
            try move("ocpp_transactions", "id", "stopped_at", stop)
            try move("ocpp_transactions", "id", "meter_at", "")
            try move("sessions", "transaction_id", "started_at", start)
            try move("sessions", "transaction_id", "ended_at", stop)
            for (message, payload) in payloads {
                try connection.execute(
                    "UPDATE ocpp_messages SET payload = ? WHERE id = ? AND queue = ? AND uncertain = 1",
                    [.blob(payload), .integer(message), .integer(queue)])
            }
            try connection.execute(
                "UPDATE ocpp_messages SET uncertain = 0 WHERE queue = ? AND uncertain = 1", [.integer(queue)])
        }
    }
}
