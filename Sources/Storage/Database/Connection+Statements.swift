import CSQLite

extension Connection {
    /// Runs one statement; `values` stand for its question marks in order.
    ///
    /// Throws `StorageError`.
    public func execute(_ sql: String, _ values: [SQLValue] = []) throws(StorageError) {
        _ = try query(sql, values)
    }

    /// Runs one statement and returns its rows; `values` stand for its question marks in order.
    ///
    /// Throws `StorageError`.
    public func query(_ sql: String, _ values: [SQLValue] = []) throws(StorageError) -> [Row] {
        let statement = try prepared(sql)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        guard sqlite3_bind_parameter_count(statement) == Int32(clamping: values.count) else {
            throw .statement(path: path, sql: sql, detail: "\(values.count) values for its question marks")
        }
        for (index, value) in values.enumerated() {
            let code = bind(value, to: statement, at: Int32(clamping: index + 1))
            guard code == SQLITE_OK else { throw failure(code, sql) }
        }
        return try rows(of: statement, sql)
    }

    /// Runs several statements separated by semicolons, without values.
    func executeScript(_ sql: String) throws(StorageError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code, sql) }
    }

    private func rows(of statement: OpaquePointer, _ sql: String) throws(StorageError) -> [Row] {
        var rows: [Row] = []
        let columns = (0..<sqlite3_column_count(statement)).map { index in
            sqlite3_column_name(statement, index).map { String(cString: $0) } ?? ""
        }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                let values = columns.indices.map { value(of: statement, at: Int32(clamping: $0)) }
                rows.append(Row(columns: columns, values: values, path: path))
            case SQLITE_DONE: return rows
            case let code: throw failure(code, sql)
            }
        }
    }

    /// More statements than the host has; a caller that builds its SQL from values must not fill the memory.
    private static var mostCached: Int { 200 }

    private func prepared(_ sql: String) throws(StorageError) -> OpaquePointer {
        if let statement = cached[sql] { return statement }
        var made: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil)
        guard code == SQLITE_OK else { throw failure(code, sql) }
        guard let made else { throw .statement(path: path, sql: sql, detail: "no statement") }
        if cached.count >= Connection.mostCached {
            cached.values.forEach { sqlite3_finalize($0) }
            cached = [:]
        }
        cached[sql] = made
        return made
    }

    private func bind(_ value: SQLValue, to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let number): return sqlite3_bind_int64(statement, index, number)
        case .real(let number): return sqlite3_bind_double(statement, index, number)
        case .text(let text):
            guard let length = Int32(exactly: text.utf8.count) else { return SQLITE_TOOBIG }
            return ch_sqlite3_bind_text(statement, index, text, length)
        case .blob(let bytes):
            guard let length = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
            // A nil pointer, as an empty array may have, would be stored as null.
            if bytes.isEmpty { return sqlite3_bind_zeroblob(statement, index, 0) }
            return ch_sqlite3_bind_blob(statement, index, bytes, length)
        }
    }

    private func value(of statement: OpaquePointer, at index: Int32) -> SQLValue {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, index))
        case SQLITE_TEXT:
            let text = sqlite3_column_text(statement, index)
            let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, index)))
            return .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            let blob = sqlite3_column_blob(statement, index)
            return .blob(Array(UnsafeRawBufferPointer(start: blob, count: Int(sqlite3_column_bytes(statement, index)))))
        default: return .null
        }
    }

    func failure(_ code: Int32, _ sql: String) -> StorageError {
        StorageError(code: code, detail: String(cString: sqlite3_errmsg(handle)), path: path, sql: sql)
    }
}
