extension SiteStorage {
    /// All queues that have something in them, those of former backends too. Throws `StorageError`.
    public func queues() async throws(StorageError) -> [QueueSummary] {
        let rows = try await database.query(
            """
            SELECT q.backend, q.charge_point, q.messages,
                (SELECT count(*) FROM ocpp_messages m WHERE m.undelivered_since IS NOT NULL AND m.queue = q.id)
                    AS undelivered,
                (SELECT m.queued_at FROM ocpp_messages m WHERE m.undelivered_since IS NULL AND m.queue = q.id
                    ORDER BY m.id LIMIT 1) AS oldest
            FROM ocpp_queues q WHERE q.messages > 0 ORDER BY q.id
            """)
        return try rows.map { row throws(StorageError) in try QueueSummary(row) }
    }

    /// The first messages that wait in a queue, in order. Throws `StorageError`.
    public func waiting(for backend: Backend, first count: Int) async throws(StorageError) -> [QueuedMessage] {
        let rows = try await database.query(
            """
            SELECT m.*, t.backend_id FROM ocpp_messages m JOIN ocpp_queues q ON q.id = m.queue
                LEFT JOIN ocpp_transactions t ON t.id = m.transaction_id
            WHERE q.backend = ? AND q.charge_point = ? AND m.undelivered_since IS NULL ORDER BY m.id LIMIT ?
            """,
            [.text(backend.url), .text(backend.chargePoint), .number(max(0, count))])
        return try rows.map { row throws(StorageError) in try QueuedMessage(row) }
    }

    /// What could not be delivered, in the order it was to be sent. Throws `StorageError`.
    public func undelivered() async throws(StorageError) -> [UndeliveredMessage] {
        let rows = try await database.query(
            """
            SELECT m.*, q.backend, q.charge_point FROM ocpp_messages m JOIN ocpp_queues q ON q.id = m.queue
            WHERE m.undelivered_since IS NOT NULL ORDER BY m.id
            """)
        return try rows.map { row throws(StorageError) in try UndeliveredMessage(row) }
    }

    /// Puts the undelivered messages of a transaction at the end of its queue, in their order and with no attempts used
    /// up; how many they were.
    ///
    /// Throws `StorageError`, `.unknownTransaction` for an id nobody has.
    @discardableResult
    public func resend(transaction: Int) async throws(StorageError) -> Int {
        try await database.transaction { connection throws(StorageError) in
            guard try TransactionTable.find(transaction, connection) != nil else {
                throw .unknownTransaction(transaction)
            }
            return try UndeliveredTable.requeue(transaction, connection)
        }
    }
}
