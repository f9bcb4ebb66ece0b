/// What a site must not forget: told set-points, writes that wear out memory, connector numbers, settings, alarms.
///
/// Every call is on the disk when it returns. The caller decides when to store: a raise before its frame leaves, a
/// lowering after its read-back, so that what is stored is never less than what a box may be following.
public struct SiteStorage: Sendable {
    /// The database below, for further tables' readers.
    public let database: Database

    /// Opens or makes the database file in a folder that exists.
    ///
    /// Throws `StorageError`; a damaged, foreign or newer file is left as it is.
    public init(path: String, now: WallTime = .now()) async throws(StorageError) {
        do {
            database = try await Database.open(path: path, migrations: SiteSchema.migrations, now: now)
        } catch {
            // A host that starts on a full disk has sessions to end.
            guard case .diskFull = error, Ballast(beside: path, size: 1).giveUp() else { throw error }
            database = try await Database.open(path: path, migrations: SiteSchema.migrations, now: now)
        }
    }

    /// Opens a database that is there for reading only, also while its host runs; what would store throws.
    ///
    /// Throws `StorageError`, `.olderSchema` for one that no host of this version has opened yet.
    public init(readOnly path: String) async throws(StorageError) {
        database = try await Database.openReadOnly(path: path, migrations: SiteSchema.migrations)
    }

    /// Closes the database; later calls throw `StorageError.closed`.
    public func close() async {
        await database.close()
    }
}
