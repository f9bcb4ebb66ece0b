import CSQLite

extension StorageError {
    /// The error for a result code of SQLite (sqlite.org/rescode.html); `sql` is what was being done.
    init(code: Int32, detail: String, path: String, sql: String) {
        self =
            switch code & 0xFF {
            case SQLITE_FULL: .diskFull(path: path)
            case SQLITE_READONLY: .readOnly(path: path)
            case SQLITE_BUSY, SQLITE_LOCKED: .locked(path: path)
            case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupted(path: path, detail: detail)
            case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH: .notOpened(path: path, reason: detail)
            case SQLITE_IOERR, SQLITE_NOMEM: .disk(path: path, detail: "\(detail) (\(code))")
            default: .statement(path: path, sql: sql, detail: detail)
            }
    }
}
