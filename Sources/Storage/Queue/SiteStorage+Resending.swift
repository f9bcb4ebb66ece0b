extension SiteStorage {
    /// Puts everything undelivered that belongs to a transaction at the end of its queue; how many messages they were.
    ///
    /// What belongs to none stays: without an id nothing can be sent. Throws `StorageError`.
    @discardableResult
    public func resendAll() async throws(StorageError) -> Int {
        try await database.transaction { connection throws(StorageError) in
            let rows = try connection.query(
                """
                SELECT transaction_id, min(id) AS first FROM ocpp_messages
                WHERE undelivered_since IS NOT NULL AND transaction_id IS NOT NULL
                GROUP BY transaction_id ORDER BY first
                """)
            var count = 0
            for row in rows {
                count += try UndeliveredTable.requeue(Int(try row.integer("transaction_id")), connection)
            }
            return count
        }
    }
}
