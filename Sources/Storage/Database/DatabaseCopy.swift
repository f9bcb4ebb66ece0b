import CSQLite

/// Copies of SQLite databases that are whole although somebody may be writing to the original.
public enum DatabaseCopy {
    /// What every SQLite file begins with (sqlite.org/fileformat.html, 1.3.1).
    public static let magic = Array("SQLite format 3\0".utf8)

    /// Copies the database `source` into the new file `target`, as it is at one moment between two transactions
    /// (sqlite.org/backup.html), and examines the copy. The writer is not held up.
    ///
    /// Throws `StorageError`. It blocks until it has ended.
    public static func make(of source: String, at target: String) throws(StorageError) {
        let original = try Connection(path: source, isReadOnly: true)
        let copy = try Connection(path: target)
        guard let work = sqlite3_backup_init(copy.handle, "main", original.handle, "main") else {
            throw copy.failure(sqlite3_errcode(copy.handle), "backup")
        }
        let code = sqlite3_backup_step(work, -1)
        sqlite3_backup_finish(work)
        guard code == SQLITE_DONE else {
            throw StorageError(code: code, detail: String(cString: sqlite3_errstr(code)), path: source, sql: "backup")
        }
        // One file, with nothing in a log beside it.
        _ = try copy.query("PRAGMA journal_mode=DELETE")
        try copy.checkHealth()
    }

    /// Refuses a damaged database. Throws `StorageError`.
    public static func check(_ path: String) throws(StorageError) {
        try Connection(path: path).checkHealth()
    }
}
