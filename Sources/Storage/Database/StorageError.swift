/// Why something could not be stored or read. Nothing of the failed call is in the database.
public enum StorageError: Error, Hashable, Sendable {
    /// The file cannot be opened or made: path and reason.
    case notOpened(path: String, reason: String)
    /// The file or its folder cannot be written.
    case readOnly(path: String)
    /// No room on the disk.
    case diskFull(path: String)
    /// Another process holds the database.
    case locked(path: String)
    /// The file is damaged, or no database at all.
    case corrupted(path: String, detail: String)
    /// A database, but of another program.
    case foreign(path: String)
    /// Written by a newer version: the migrations this version does not know.
    case newerSchema(path: String, unknown: [String])
    /// Written by an older version, which no newer host has opened yet; what is only read is not changed.
    case olderSchema(path: String)
    /// A migration could not be applied; the database is as it was before it.
    case migrationFailed(path: String, name: String, detail: String)
    /// The disk reported an error.
    case disk(path: String, detail: String)
    /// The database was closed before.
    case closed(path: String)
    /// A statement the database refuses.
    case statement(path: String, sql: String, detail: String)
    /// A stored value is not what belongs there.
    case unexpectedValue(path: String, place: String, detail: String)
    /// The connector number belongs to another device.
    case connectorTaken(number: Int, by: String)
    /// The device has another connector number already, and numbers never change.
    case connectorFixed(device: String, number: Int)
    /// No new charging session can be begun safely.
    case sessionRefused(SessionRefusal)
    /// A meter reading below the last one of the transaction; nothing was stored. In Wh.
    case meterBackwards(transaction: Int, last: Int, offered: Int)
    /// No transaction has this local id.
    case unknownTransaction(Int)
    /// The transaction has ended already.
    case transactionEnded(Int, at: WallTime)
    /// The machine gives no thread.
    case noThread(String)
}
