/// An SQLite database on a thread of its own.
///
/// What a call stored is on the disk when it returns. Calls run one after the other, in the order they came.
public actor Database {
    /// The file.
    public nonisolated let path: String
    private let executor: ThreadExecutor
    private var connection: Connection?

    /// The database's own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private init(path: String) throws(StorageError) {
        self.path = path
        executor = try ThreadExecutor(name: "storage")
    }

    /// Opens the file, or makes it in a folder that exists, and applies the migrations it lacks.
    ///
    /// While another one opens it too, or holds it otherwise, this waits up to a minute.
    ///
    /// Throws `StorageError`; a damaged, foreign or newer file is left as it is.
    public static func open(
        path: String, migrations: [Migration], now: WallTime = .now()
    ) async throws(StorageError) -> Database {
        try await open(path: path, migrations: migrations, now: now, patience: .usual)
    }

    static func open(
        path: String, migrations: [Migration], now: WallTime = .now(), patience: OpeningPatience
    ) async throws(StorageError) -> Database {
        let database = try Database(path: path)
        try await database.connect(migrations, now, patience)
        return database
    }

    private func connect(
        _ migrations: [Migration], _ now: WallTime, _ patience: OpeningPatience
    ) throws(StorageError) {
        let connection = try Connection(path: path)
        connection.wait(patience.withinTry)
        let end = patience.end
        try patience.trying(until: end) { () throws(StorageError) in try connection.checkHealth() }
        let applied = try patience.trying(until: end) { () throws(StorageError) in
            try connection.appliedMigrations(known: migrations)
        }
        try patience.trying(until: end) { () throws(StorageError) in try connection.makeDurable() }
        try patience.trying(until: end) { () throws(StorageError) in
            try connection.migrate(migrations, after: applied, at: now)
        }
        connection.wait(Connection.patience)
        self.connection = connection
    }

    /// Opens a file that is there for reading only, also while its host writes to it.
    ///
    /// Throws `StorageError`, `.olderSchema` for one that lacks a migration.
    public static func openReadOnly(path: String, migrations: [Migration]) async throws(StorageError) -> Database {
        let database = try Database(path: path)
        try await database.look(migrations)
        return database
    }

    private func look(_ migrations: [Migration]) throws(StorageError) {
        let connection = try Connection(path: path, isReadOnly: true)
        let patience = OpeningPatience.usual
        let applied = try patience.trying(until: patience.end) { () throws(StorageError) in
            try connection.appliedMigrations(known: migrations)
        }
        guard applied.count == migrations.count else { throw .olderSchema(path: path) }
        self.connection = connection
    }

    /// Runs one statement; `values` stand for its question marks in order. Throws `StorageError`.
    public func execute(_ sql: String, _ values: [SQLValue] = []) throws(StorageError) {
        try opened().execute(sql, values)
    }

    /// Runs one statement and returns its rows; `values` stand for its question marks in order. Throws `StorageError`.
    public func query(_ sql: String, _ values: [SQLValue] = []) throws(StorageError) -> [Row] {
        try opened().query(sql, values)
    }

    /// Runs `body` as one transaction: all of it is on the disk when this returns, nothing of it when this throws.
    ///
    /// Throws `StorageError`. `body` does not wait for anything, so no other call comes between.
    public func transaction<Result: Sendable>(
        _ body: @Sendable (Connection) throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        try opened().transaction(body)
    }

    /// Writes everything into the main file and closes it; later calls throw `StorageError.closed`.
    public func close() {
        connection = nil
    }

    private func opened() throws(StorageError) -> Connection {
        guard let connection else { throw .closed(path: path) }
        return connection
    }
}
