extension SiteStorage {
    /// Ends the open transaction of a box that does not come back, at its last meter value and the time of that value.
    ///
    /// The stop is queued for the backend in which the transaction began. If the box returns and ends it itself, that stop
    /// is kept with the undelivered. Throws `StorageError`: `.unknownTransaction`, or `.transactionEnded`.
    @discardableResult
    public func close(
        transaction id: Int, reason: String, now: WallTime = .now(),
        payload: @escaping @Sendable (StopFacts) -> [UInt8]
    ) async throws(StorageError) -> StoredTransaction {
        guard let open = try await transaction(id) else { throw .unknownTransaction(id) }
        if let ended = open.stoppedAt { throw .transactionEnded(id, at: ended) }
        let queue = try await transactionQueue(for: open.backend)
        try await queue.append(
            .stop(
                TransactionStop(
                    box: open.box, connector: open.connector, transaction: id, at: open.meterAt, meterStop: nil,
                    reason: reason, payload: payload)),
            at: now)
        guard let closed = try await transaction(id) else { throw .unknownTransaction(id) }
        return closed
    }
}
