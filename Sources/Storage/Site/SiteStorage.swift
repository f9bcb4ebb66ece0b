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

    /// Closes the database; later calls throw `StorageError.closed`.
    public func close() async {
        await database.close()
    }
}
