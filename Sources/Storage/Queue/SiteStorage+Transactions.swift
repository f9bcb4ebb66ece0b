extension SiteStorage {
    private static var transactions: String {
        "SELECT t.*, q.backend, q.charge_point FROM ocpp_transactions t JOIN ocpp_queues q ON q.id = t.queue "
    }

    /// Transactions that have no stop, oldest first: what a restarted host goes on with or ends. Throws `StorageError`.
    public func openTransactions() async throws(StorageError) -> [StoredTransaction] {
        let rows = try await database.query(
            SiteStorage.transactions + "WHERE t.stopped_at IS NULL ORDER BY t.id")
        return try rows.map { row throws(StorageError) in try StoredTransaction(row) }
    }

    /// The transaction with a local id. Throws `StorageError`.
    public func transaction(_ id: Int) async throws(StorageError) -> StoredTransaction? {
        let rows = try await database.query(SiteStorage.transactions + "WHERE t.id = ?", [.number(id)])
        return try rows.first.map { row throws(StorageError) in try StoredTransaction(row) }
    }

    /// The latest transaction of a connector that has no stop; to it belongs what a box sends without a valid id.
    ///
    /// Throws `StorageError`.
    public func openTransaction(connector: Int) async throws(StorageError) -> StoredTransaction? {
        let rows = try await database.query(
            SiteStorage.transactions + "WHERE t.connector = ? AND t.stopped_at IS NULL ORDER BY t.id DESC LIMIT 1",
            [.number(connector)])
        return try rows.first.map { row throws(StorageError) in try StoredTransaction(row) }
    }

    /// The latest transaction of a connector that ended with a stop of this time, as the box reported it. Throws
    /// `StorageError`.
    public func transaction(connector: Int, endedAt time: WallTime) async throws(StorageError) -> StoredTransaction? {
        let rows = try await database.query(
            SiteStorage.transactions + "WHERE t.connector = ? AND t.reported_stop = ? ORDER BY t.id DESC LIMIT 1",
            [.number(connector), .time(time)])
        return try rows.first.map { row throws(StorageError) in try StoredTransaction(row) }
    }

    /// The latest transaction a backend knows by its own id. Throws `StorageError`.
    public func transaction(backendID: Int, at backend: Backend) async throws(StorageError) -> StoredTransaction? {
        let rows = try await database.query(
            SiteStorage.transactions
                + "WHERE t.backend_id = ? AND q.backend = ? AND q.charge_point = ? ORDER BY t.id DESC LIMIT 1",
            [.number(backendID), .text(backend.url), .text(backend.chargePoint)])
        return try rows.first.map { row throws(StorageError) in try StoredTransaction(row) }
    }

    /// Stores a meter value of a transaction without a message, in Wh; for those who send fewer values than they read.
    ///
    /// Throws `StorageError`, `.meterBackwards` for a value below the last one.
    public func recordMeter(
        _ meter: Int, transaction: Int, at time: WallTime = .now()
    ) async throws(StorageError) {
        try await database.transaction { connection throws(StorageError) in
            guard let record = try TransactionTable.find(transaction, connection) else {
                throw .unknownTransaction(transaction)
            }
            try TransactionTable.note(meter: meter, at: time, record, connection)
        }
    }

    /// Forgets transactions that ended before `time` and have no message left; how many. Their sessions stay.
    ///
    /// Until then a slave that repeats its start gets the same id, so keep them for a year. Throws `StorageError`.
    @discardableResult
    public func forgetTransactions(endedBefore time: WallTime) async throws(StorageError) -> Int {
        try await database.transaction { connection throws(StorageError) in
            try connection.execute(
                """
                DELETE FROM ocpp_transactions WHERE stopped_at < ? AND NOT EXISTS
                    (SELECT 1 FROM ocpp_messages m WHERE m.transaction_id = ocpp_transactions.id)
                """,
                [.time(time)])
            return connection.changes
        }
    }
}
