/// Takes every second of the oldest meter values out of a queue that is too long; starts and stops always stay.
enum QueueThinning {
    /// A tenth of the limit is looked at at once, so that thinning is rare.
    static func run(
        _ queue: Int64, _ backend: Backend, _ limits: QueueLimits, _ now: WallTime, _ connection: Connection
    ) throws(StorageError) {
        guard try QueueTable.messages(queue, connection) > limits.messages else { return }
        // The first message may be on its way to the backend. What was thinned least comes first, so that all of the
        // past becomes coarser before any of it becomes coarse twice.
        let oldest = try connection.query(
            """
            SELECT id FROM ocpp_messages
            WHERE queue = ?1 AND kind = 'MeterValues' AND undelivered_since IS NULL AND id >
                (SELECT min(id) FROM ocpp_messages WHERE queue = ?1 AND undelivered_since IS NULL)
            ORDER BY thinned, id LIMIT ?2
            """,
            [.integer(queue), .number(max(2, limits.messages / 10))])
        guard oldest.count >= 2 else { return }
        for (index, row) in oldest.enumerated() {
            let statement =
                index % 2 == 0
                ? "UPDATE ocpp_messages SET thinned = thinned + 1 WHERE id = ?"
                : "DELETE FROM ocpp_messages WHERE id = ?"
            try connection.execute(statement, [.integer(try row.integer("id"))])
        }
        try EventTable.insert(
            .warning, "ocpp-queue-thinned", nil,
            "more than \(limits.messages) messages wait for \(backend): \(oldest.count / 2) of the oldest meter values "
                + "were left out, every second one; starts and stops are all kept",
            isAlarm: false, now, connection)
    }
}
