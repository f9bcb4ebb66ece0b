import CSQLite

/// An open SQLite database; not safe to share, so only its actor holds it.
///
/// A write is on the disk when the call that made it returns: WAL with `synchronous=FULL` (sqlite.org/pragma.html).
public final class Connection {
    /// The file.
    public let path: String
    let handle: OpaquePointer
    var cached: [String: OpaquePointer] = [:]

    /// How long an ordinary statement waits for a lock of another process, in milliseconds.
    static let patience: Int32 = 5000

    /// Opens or makes the file; one that is only read must be there. Nothing is written yet.
    init(path: String, isReadOnly: Bool = false) throws(StorageError) {
        var opened: OpaquePointer?
        let access = isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        let flags = access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard let opened else { throw .disk(path: path, detail: "not enough memory") }
        guard code == SQLITE_OK else {
            let detail = String(cString: sqlite3_errmsg(opened))
            sqlite3_close_v2(opened)
            throw StorageError(code: code, detail: detail, path: path, sql: "open")
        }
        self.path = path
        handle = opened
        wait(Connection.patience)
    }

    deinit {
        cached.values.forEach { sqlite3_finalize($0) }
        sqlite3_close_v2(handle)
    }

    /// From now on a lock of another process is waited for so long, in milliseconds.
    func wait(_ patience: Int32) { sqlite3_busy_timeout(handle, patience) }

    /// Refuses a damaged or write-protected file, before anything in it is changed.
    func checkHealth() throws(StorageError) {
        let found = try query("PRAGMA quick_check(3)")
        let lines = found.compactMap { try? $0.text("quick_check") }
        guard lines == ["ok"] else { throw .corrupted(path: path, detail: lines.joined(separator: "; ")) }
        if sqlite3_db_readonly(handle, "main") == 1 { throw .readOnly(path: path) }
    }

    /// Settings that make every commit survive a loss of power.
    func makeDurable() throws(StorageError) {
        let mode = try query("PRAGMA journal_mode=WAL").first?["journal_mode"]
        guard mode == .text("wal") else {
            throw .notOpened(path: path, reason: "its file system has no shared memory, as network drives have none")
        }
        _ = try query("PRAGMA synchronous=FULL")
        _ = try query("PRAGMA foreign_keys=ON")
        _ = try query("PRAGMA trusted_schema=OFF")
        _ = try query("PRAGMA journal_size_limit=4194304")
    }

    /// Runs `body` as one transaction: all of it is stored when this returns, nothing of it when this throws.
    ///
    /// Throws `StorageError`. Transactions do not nest.
    public func transaction<Result>(
        _ body: (Connection) throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        try execute("BEGIN IMMEDIATE")
        do {
            let result = try body(self)
            try execute("COMMIT")
            return result
        } catch {
            // After some errors, a full disk among them, SQLite has rolled back already.
            if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
            throw error
        }
    }

    /// Rows the last statement changed.
    public var changes: Int { Int(sqlite3_changes64(handle)) }

    /// The row id the last insert made.
    public var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle) }
}
