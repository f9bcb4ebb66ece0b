/// Puts messages into one queue, inside a transaction of the database.
struct QueueWriter {
    let queue: Int64
    let connection: Connection
    let now: WallTime
    /// Whether nobody knows what time it is; the messages are marked, so that they can be corrected before they are sent.
    var isUncertain = false

    /// The transaction of a start that was stored before, whatever queue it went to.
    func known(_ start: TransactionStart) throws(StorageError) -> Appended? {
        let rows = try connection.query(
            """
            SELECT id FROM ocpp_transactions
            WHERE connector = ? AND reported_start = ? AND id_tag = ? AND meter_start = ?
            """,
            [.number(start.connector), .time(start.at), .text(start.idTag), .number(start.meterStart)])
        guard let id = try rows.first?.integer("id") else { return nil }
        return Appended(transaction: Int(id), place: .repeated)
    }

    func add(_ start: TransactionStart) throws(StorageError) -> Appended {
        let id = try TransactionTable.nextID(at: now, connection)
        let begins = try TransactionTable.freeMoment(from: start.at, connector: start.connector, connection)
        try connection.execute(
            """
            INSERT INTO ocpp_transactions (id, queue, box, connector, id_tag, reported_start, started_at, meter_start,
                meter_last, meter_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?7)
            """,
            [
                .integer(id), .integer(queue), .text(start.box), .number(start.connector), .text(start.idTag),
                .time(start.at), .time(begins), .number(start.meterStart),
            ])
        try insert(
            .start, transaction: id, connector: start.connector, queue: queue, payload: start.payload(begins),
            undelivered: nil)
        try SessionTable.begin(
            box: start.box, connector: start.connector, card: start.idTag, at: begins, meter: start.meterStart,
            transaction: id, connection)
        return Appended(transaction: Int(id), place: .queued)
    }

    func add(_ readings: MeterReadings) throws(StorageError) -> Appended {
        guard let transaction = try TransactionTable.find(readings.transaction, connection) else {
            throw .unknownTransaction(readings.transaction)
        }
        if let meter = readings.meter {
            try TransactionTable.note(meter: meter, at: readings.at, transaction, connection)
        }
        return try place(.meterValues, transaction, readings.payload)
    }

    func add(_ stop: TransactionStop) throws(StorageError) -> Appended {
        if let named = try TransactionTable.find(stop.transaction, connection), named.connector == stop.connector {
            return try end(named, stop)
        }
        if let repeated = try TransactionTable.stopped(stop, connection) { return try end(repeated, stop) }
        if let open = try TransactionTable.open(connector: stop.connector, connection) { return try end(open, stop) }
        return try orphan(stop, nil, "no transaction is open on connector \(stop.connector)")
    }

    private func end(_ transaction: TransactionTable.Record, _ stop: TransactionStop) throws(StorageError) -> Appended {
        if let reported = transaction.reportedStop {
            if reported == stop.at { return Appended(transaction: Int(transaction.id), place: .repeated) }
            return try orphan(stop, transaction, "transaction \(transaction.id) had ended already")
        }
        let meter = max(stop.meterStop ?? transaction.meterLast, transaction.meterLast)
        let facts = StopFacts(
            transaction: Int(transaction.id), at: max(stop.at, transaction.startedAt), meterStop: meter)
        try connection.execute(
            """
            UPDATE ocpp_transactions SET reported_stop = ?, stopped_at = ?, meter_stop = ?, stop_reason = ?,
                meter_last = ?, meter_at = ? WHERE id = ?
            """,
            [
                .time(stop.at), .time(facts.at), .number(meter), .textOrNull(stop.reason), .number(meter),
                .time(facts.at), .integer(transaction.id),
            ])
        try SessionTable.end(transaction: transaction.id, at: facts.at, meter: meter, reason: stop.reason, connection)
        return try place(.stop, transaction, stop.payload(facts))
    }

    /// Keeps a stop that cannot be sent; once, however often it is repeated.
    private func orphan(
        _ stop: TransactionStop, _ transaction: TransactionTable.Record?, _ reason: String
    ) throws(StorageError) -> Appended {
        let facts = StopFacts(transaction: transaction.map { Int($0.id) }, at: stop.at, meterStop: stop.meterStop ?? 0)
        let payload = stop.payload(facts)
        let known = try connection.query(
            """
            SELECT id FROM ocpp_messages
            WHERE undelivered_since IS NOT NULL AND kind = 'StopTransaction' AND connector = ? AND payload = ?
            """,
            [.number(stop.connector), .blob(payload)])
        guard known.isEmpty else { return Appended(transaction: facts.transaction, place: .repeated) }
        try insert(
            .stop, transaction: transaction?.id, connector: stop.connector, queue: transaction?.queue ?? queue,
            payload: payload, undelivered: reason)
        return Appended(transaction: facts.transaction, place: .undelivered)
    }

    private func place(
        _ kind: MessageKind, _ transaction: TransactionTable.Record, _ payload: [UInt8]
    ) throws(StorageError) -> Appended {
        try insert(
            kind, transaction: transaction.id, connector: transaction.connector, queue: transaction.queue,
            payload: payload, undelivered: transaction.undeliveredReason)
        return Appended(
            transaction: Int(transaction.id), place: transaction.undeliveredReason == nil ? .queued : .undelivered)
    }

    private func insert(
        _ kind: MessageKind, transaction: Int64?, connector: Int, queue: Int64, payload: [UInt8], undelivered: String?
    ) throws(StorageError) {
        try connection.execute(
            """
            INSERT INTO ocpp_messages (queue, transaction_id, connector, kind, payload, queued_at, undelivered_since,
                undelivered_reason, uncertain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(queue), transaction.map { .integer($0) } ?? .null, .number(connector), .text(kind.rawValue),
                .blob(payload), .time(now), undelivered == nil ? .null : .time(now), .textOrNull(undelivered),
                .integer(isUncertain ? 1 : 0),
            ])
    }
}
