extension TransactionQueue {
    /// The message to send next; nil when none waits. The same one until it was `delivered` or has used up its attempts.
    ///
    /// Throws `StorageError`.
    public func next() async throws(StorageError) -> QueuedMessage? {
        let rows = try await database.query(
            """
            SELECT m.*, t.backend_id FROM ocpp_messages m LEFT JOIN ocpp_transactions t ON t.id = m.transaction_id
            WHERE m.queue = ? AND m.undelivered_since IS NULL ORDER BY m.id LIMIT 1
            """,
            [.integer(id)])
        guard let row = rows.first else { return nil }
        return try QueuedMessage(row)
    }

    /// The backend has answered a message with a CALLRESULT: removes it, and stores the id it gave for a start, in one
    /// commit. False when the message was no longer there; then nothing is stored.
    ///
    /// Throws `StorageError`, `.unexpectedValue` for a start without the backend's id: what follows could not be sent.
    @discardableResult
    public func delivered(_ message: Int64, backendID: Int? = nil) async throws(StorageError) -> Bool {
        let queue = id
        return try await keep { connection throws(StorageError) in
            let rows = try connection.query(
                """
                DELETE FROM ocpp_messages WHERE id = ? AND queue = ? AND undelivered_since IS NULL
                RETURNING transaction_id, kind
                """,
                [.integer(message), .integer(queue)])
            guard let row = rows.first else { return false }
            guard try row.text("kind") == MessageKind.start.rawValue,
                let transaction = try row.optionalInteger("transaction_id")
            else { return true }
            guard let backendID else {
                throw .unexpectedValue(
                    path: connection.path, place: "message \(message)", detail: "a start is answered with an id")
            }
            try connection.execute(
                "UPDATE ocpp_transactions SET backend_id = ? WHERE id = ?", [.number(backendID), .number(transaction)])
            return true
        }
    }

    /// Sending a message has failed: stores what that costs, and says what follows.
    ///
    /// A start that has used up its attempts takes its whole transaction to the undelivered, with what is still to come of
    /// it, since without the backend's id nothing of it can be sent. Meter values or a stop go alone: the transaction is
    /// known to the backend, and its end must reach it.
    ///
    /// Throws `StorageError`.
    public func failed(
        _ message: Int64, _ outcome: SendOutcome, rule: AttemptRule, at now: WallTime = .now()
    ) async throws(StorageError) -> AttemptRule.Verdict {
        let queue = id
        return try await keep { connection throws(StorageError) in
            let rows = try connection.query(
                """
                SELECT attempts, closes, kind, transaction_id FROM ocpp_messages
                WHERE id = ? AND queue = ? AND undelivered_since IS NULL
                """,
                [.integer(message), .integer(queue)])
            guard let row = rows.first else { return .again(AttemptCounts(), after: .zero) }
            let counts = AttemptCounts(
                attempts: Int(try row.integer("attempts")), closes: Int(try row.integer("closes")))
            let verdict = rule.verdict(outcome, counts)
            switch verdict {
            case .again(let counted, _) where counted == counts: break
            case .again(let counted, _), .usedUp(let counted):
                try connection.execute(
                    "UPDATE ocpp_messages SET attempts = ?, closes = ? WHERE id = ?",
                    [.number(counted.attempts), .number(counted.closes), .integer(message)])
            }
            guard case .usedUp = verdict else { return verdict }
            let isStart = try row.text("kind") == MessageKind.start.rawValue
            try UndeliveredTable.setAside(
                message, transaction: isStart ? try row.optionalInteger("transaction_id") : nil, "\(outcome)", now,
                connection)
            return verdict
        }
    }
}
