import Testing

@testable import Storage

struct OpeningTests {
    private let steps = [Migration("001", "CREATE TABLE a (v INTEGER); INSERT INTO a VALUES (1);")]

    /// Who holds the database gives it back when the opener has been refused three times.
    private func open(_ path: String, while holder: Database) async throws -> Database {
        let (waits, waiting) = AsyncStream.makeStream(of: Void.self)
        let patience = OpeningPatience(limit: .seconds(600), withinTry: 1, pause: 1000) { waiting.yield() }
        async let opened = Database.open(path: path, migrations: steps, patience: patience)
        for await _ in waits.prefix(3) {}
        try await holder.execute("COMMIT")
        return try await opened
    }

    @Test(.timeLimit(.minutes(5))) func anOpenerWaitsLongerThanAStatementForTheOneThatMigrates() async throws {
        let folder = try TemporaryFolder()
        let holder = try await Database.open(path: folder.database, migrations: [])
        try await holder.execute("BEGIN IMMEDIATE")
        let opened = try await open(folder.database, while: holder)
        #expect(try await opened.query("SELECT v FROM a").map(\.values) == [[1]])
        let statement = try await opened.query("PRAGMA busy_timeout").first?["timeout"]
        #expect(statement == .integer(Int64(Connection.patience)))
    }

    /// SQLite does not wait here: two that change the journal mode at once would block each other.
    @Test(.timeLimit(.minutes(5))) func anOpenerWaitsForOneThatIsStillBeforeItsJournal() async throws {
        let folder = try TemporaryFolder()
        let holder = try await Database.open(path: folder.database, migrations: [])
        try await holder.execute("PRAGMA journal_mode=DELETE")
        try await holder.execute("BEGIN IMMEDIATE")
        let opened = try await open(folder.database, while: holder)
        #expect(try await opened.query("PRAGMA journal_mode").first?["journal_mode"] == "wal")
        #expect(try await opened.query("SELECT v FROM a").map(\.values) == [[1]])
    }

    @Test func anOpenerThatHasWaitedLongEnoughNamesTheFileAndWhatToDo() async throws {
        let folder = try TemporaryFolder()
        let holder = try await Database.open(path: folder.database, migrations: [])
        try await holder.execute("BEGIN IMMEDIATE")
        let error = await #expect(throws: StorageError.locked(path: folder.database)) {
            try await Database.open(
                path: folder.database, migrations: steps, patience: OpeningPatience(limit: .zero, withinTry: 1))
        }
        let text = error?.description ?? ""
        #expect(text.contains(folder.database) && text.contains("close it"))
        try await holder.execute("COMMIT")
        let opened = try await Database.open(path: folder.database, migrations: steps)
        #expect(try await opened.query("SELECT v FROM a").count == 1)
    }
}
