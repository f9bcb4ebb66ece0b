extension Connection {
    /// "CHRG" in ASCII, in the header of every database of ours (sqlite.org/pragma.html#pragma_application_id).
    static let applicationID: Int64 = 0x4348_5247

    /// The names of the steps this database has had. Refuses one of another program and one of a newer version; writes
    /// nothing.
    func appliedMigrations(known: [Migration]) throws(StorageError) -> [String] {
        let tables = try query("SELECT name FROM sqlite_schema").compactMap { try? $0.text("name") }
        if tables.isEmpty { return [] }
        let id = try query("PRAGMA application_id").first?["application_id"]
        guard id == .integer(Connection.applicationID), tables.contains("migrations") else {
            throw .foreign(path: path)
        }
        var applied: [String] = []
        for row in try query("SELECT name FROM migrations ORDER BY position") { applied.append(try row.text("name")) }
        let names = known.map(\.name)
        guard Array(names.prefix(applied.count)) == applied else {
            let unknown = applied.filter { !names.contains($0) }
            throw .newerSchema(path: path, unknown: unknown.isEmpty ? applied : unknown)
        }
        return applied
    }

    /// Applies the steps that are missing, each with its record in one transaction. A full or failing disk keeps its
    /// own error: it is no fault of the step.
    func migrate(_ migrations: [Migration], after applied: [String], at time: WallTime) throws(StorageError) {
        for (position, migration) in migrations.enumerated().dropFirst(applied.count) {
            do {
                try transaction { connection throws(StorageError) in
                    // Another process may have been faster between reading the list and taking the lock.
                    guard try connection.appliedMigrations(known: migrations).count == position else { return }
                    if position == 0 { try connection.makeOurs() }
                    try connection.executeScript(migration.sql)
                    try connection.execute(
                        "INSERT INTO migrations (position, name, applied_at) VALUES (?, ?, ?)",
                        [.integer(Int64(position)), .text(migration.name), .time(time)])
                }
            } catch .statement(_, _, let detail) {
                throw .migrationFailed(path: path, name: migration.name, detail: detail)
            }
        }
    }

    private func makeOurs() throws(StorageError) {
        try execute("PRAGMA application_id=\(Connection.applicationID)")
        try execute(
            """
            CREATE TABLE migrations (
                position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, applied_at INTEGER NOT NULL) STRICT
            """)
    }
}
