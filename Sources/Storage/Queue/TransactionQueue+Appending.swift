extension TransactionQueue {
    /// Why no new session may begin now; nil when one may. Ask before a person is told to charge.
    ///
    /// Throws `StorageError`.
    public func sessionRefusal() async throws(StorageError) -> SessionRefusal? {
        let hasRoom = ballast.restore()
        let (backend, limits, id) = (backend, limits, id)
        return try await database.transaction { connection throws(StorageError) in
            if !hasRoom { return .diskFull(path: connection.path) }
            return try QueueTable.refusal(id, backend, limits, connection)
        }
    }

    /// Stores a message; it is on the disk when this returns.
    ///
    /// - A start that was stored before gets the same transaction again, and nothing is added.
    /// - Meter values below the last ones of their transaction, and not from before them, throw
    ///   `StorageError.meterBackwards`.
    /// - A stop of an unknown transaction belongs to the open one of its connector, else it goes to the undelivered.
    ///
    /// With `isUncertain` nobody knows the time: ``correct(by:_:)`` corrects it before the message is sent.
    ///
    /// Throws `StorageError`, `.sessionRefused` among them; then nothing was stored.
    @discardableResult
    public func append(
        _ message: TransactionMessage, isUncertain: Bool = false, at now: WallTime = .now()
    ) async throws(StorageError) -> Appended {
        let appended = try await append([message], isUncertain: isUncertain, at: now)
        guard let only = appended.first else { throw .closed(path: database.path) }
        return only
    }

    /// Stores several messages in one commit, all or none; what became of each, in their order.
    ///
    /// Throws `StorageError` as for one message.
    public func append(
        _ messages: [TransactionMessage], isUncertain: Bool = false, at now: WallTime = .now()
    ) async throws(StorageError) -> [Appended] {
        let hasRoom = ballast.isInPlace || ballast.restore()
        let (backend, limits, id) = (backend, limits, id)
        let path = database.path
        let body: @Sendable (Connection) throws(StorageError) -> [Appended] = { connection throws(StorageError) in
            let writer = QueueWriter(queue: id, connection: connection, now: now, isUncertain: isUncertain)
            var appended: [Appended] = []
            for message in messages {
                switch message {
                case .start(let start):
                    if let known = try writer.known(start) {
                        appended.append(known)
                        continue
                    }
                    if !hasRoom { throw .sessionRefused(.diskFull(path: path)) }
                    if let refusal = try QueueTable.refusal(id, backend, limits, connection) {
                        throw .sessionRefused(refusal)
                    }
                    appended.append(try writer.add(start))
                case .begunStart(let start):
                    if let known = try writer.known(start) {
                        appended.append(known)
                    } else {
                        appended.append(try writer.add(start))
                    }
                case .meterValues(let readings):
                    if !hasRoom { throw .diskFull(path: path) }
                    appended.append(try writer.add(readings))
                case .stop(let stop): appended.append(try writer.add(stop))
                }
            }
            try QueueThinning.run(id, backend, limits, now, connection)
            return appended
        }
        // Only what ends or has begun may have the room that is kept for it.
        if messages.contains(where: \.isKeptWhenFull) { return try await keep(body) }
        return try await database.transaction(body)
    }
}

extension TransactionMessage {
    var isKeptWhenFull: Bool {
        switch self {
        case .stop, .begunStart: true
        case .start, .meterValues: false
        }
    }
}
