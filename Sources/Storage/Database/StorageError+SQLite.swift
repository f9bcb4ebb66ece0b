import CSQLite

extension StorageError {
    /// The error for a result code of SQLite (sqlite.org/rescode.html); `sql` is what was being done.
    init(code: Int32, detail: String, path: String, sql: String) {
        // SQLITE_IOERR_SHMSIZE: no room for the index of the write-ahead log.
        let isFull = code == SQLITE_IOERR | (19 << 8)
        self =
            switch code & 0xFF {
            case _ where isFull: .diskFull(path: path)
            case SQLITE_FULL: .diskFull(path: path)
            case SQLITE_READONLY: .readOnly(path: path)
            // SQLITE_PROTOCOL: others were faster at the log's locks for ten seconds.
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: .locked(path: path)
            case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupted(path: path, detail: detail)
            case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH: .notOpened(path: path, reason: detail)
            case SQLITE_IOERR, SQLITE_NOMEM: .disk(path: path, detail: "\(detail) (\(code))")
            default: .statement(path: path, sql: sql, detail: detail)
            }
    }
}
