/// One row of a result, copied out of the database.
public struct Row: Sendable {
    /// Names of the columns, in the order of the statement.
    public let columns: [String]
    /// Values in the same order.
    public let values: [SQLValue]
    /// The database it came from, for messages.
    let path: String

    /// The value of a column; null if there is no such column.
    public subscript(_ column: String) -> SQLValue {
        columns.firstIndex(of: column).map { values[$0] } ?? .null
    }

    /// An integer column. Throws `StorageError.unexpectedValue` for anything else.
    public func integer(_ column: String) throws(StorageError) -> Int64 {
        guard case .integer(let value) = self[column] else { throw wrong(column, "an integer") }
        return value
    }

    /// A text column. Throws `StorageError.unexpectedValue` for anything else.
    public func text(_ column: String) throws(StorageError) -> String {
        guard case .text(let value) = self[column] else { throw wrong(column, "a text") }
        return value
    }

    /// A column of bytes. Throws `StorageError.unexpectedValue` for anything else.
    public func blob(_ column: String) throws(StorageError) -> [UInt8] {
        guard case .blob(let value) = self[column] else { throw wrong(column, "bytes") }
        return value
    }

    /// A column of times. Throws `StorageError.unexpectedValue` for anything else.
    public func time(_ column: String) throws(StorageError) -> WallTime {
        WallTime(milliseconds: try integer(column))
    }

    /// A column of times that may be null. Throws `StorageError.unexpectedValue` for anything else.
    public func optionalTime(_ column: String) throws(StorageError) -> WallTime? {
        self[column] == .null ? nil : try time(column)
    }

    /// A text column that may be null. Throws `StorageError.unexpectedValue` for anything else.
    public func optionalText(_ column: String) throws(StorageError) -> String? {
        self[column] == .null ? nil : try text(column)
    }

    /// An integer column that may be null. Throws `StorageError.unexpectedValue` for anything else.
    public func optionalInteger(_ column: String) throws(StorageError) -> Int? {
        self[column] == .null ? nil : Int(try integer(column))
    }

    private func wrong(_ column: String, _ expected: String) -> StorageError {
        .unexpectedValue(path: path, place: "column '\(column)'", detail: "expected \(expected), found \(self[column])")
    }
}
