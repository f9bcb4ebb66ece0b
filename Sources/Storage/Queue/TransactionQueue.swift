/// The queue of one backend: transactions go in, are committed to the disk, and leave it only when the backend has
/// answered.
///
/// - What goes in is on the disk when the call returns; only then may it be acknowledged to anybody.
/// - Messages leave in the order they came. `next()` is the only one to send; `delivered` removes it, and the backend's
///   id for a start is stored in the same commit. `failed` counts, and moves what has used up its attempts to the
///   undelivered, where it is kept until `resend`.
/// - A payload never changes. Transaction ids in it are local ones; who sends puts the backend's in their place.
/// - After a crash at any point a message is sent again or was never acknowledged: at least once, the same bytes, and
///   after removing repeats by (connector, timestamp, idTag, meterStart) exactly once.
///
/// Meter values of a transaction, its stop and its id always belong to the queue in which it began, whatever backend the
/// site has by then.
public struct TransactionQueue: Sendable {
    /// To whom its messages go.
    public let backend: Backend
    /// How much may wait.
    public let limits: QueueLimits
    let database: Database
    let ballast: Ballast
    let id: Int64

    init(_ backend: Backend, limits: QueueLimits, database: Database) async throws(StorageError) {
        self.backend = backend
        self.limits = limits
        self.database = database
        ballast = Ballast(beside: database.path, size: limits.ballast)
        let ballast = ballast
        id = try await TransactionQueue.write(database, ballast) { connection throws(StorageError) in
            try QueueTable.id(of: backend, connection)
        }
        ballast.restore()
    }

    /// Runs a transaction that must not fail for want of room: on a full disk the ballast is given up for it.
    func keep<Result: Sendable>(
        _ body: @Sendable (Connection) throws(StorageError) -> Result
    ) async throws(StorageError) -> Result {
        try await TransactionQueue.write(database, ballast, body)
    }

    private static func write<Result: Sendable>(
        _ database: Database, _ ballast: Ballast, _ body: @Sendable (Connection) throws(StorageError) -> Result
    ) async throws(StorageError) -> Result {
        do {
            return try await database.transaction(body)
        } catch {
            guard case .diskFull = error, ballast.giveUp() else { throw error }
            let path = database.path
            return try await database.transaction { connection throws(StorageError) in
                let result = try body(connection)
                try EventTable.insert(
                    .fault, "disk-full", nil,
                    "the disk of \(path) is full: its reserve is used for running sessions, new ones are refused",
                    isAlarm: false, .now(), connection)
                return result
            }
        }
    }
}

extension SiteStorage {
    /// The queue of a backend; made at the first call and kept when the site turns to another backend.
    ///
    /// Throws `StorageError`.
    public func transactionQueue(
        for backend: Backend, limits: QueueLimits = QueueLimits()
    ) async throws(StorageError) -> TransactionQueue {
        try await TransactionQueue(backend, limits: limits, database: database)
    }
}
