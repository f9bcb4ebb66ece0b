import Foundation
import Storage
import Testing

struct DatabaseTests {
    private let table = [Migration("001", "CREATE TABLE t (id INTEGER PRIMARY KEY, v)")]

    @Test func everyKindOfValueComesBackAsItWent() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(path: folder.database, migrations: table)
        let values: [SQLValue] = [
            nil, 0, .integer(.min), .integer(.max), .real(0.1), "", "größe\u{0}😀", .blob([]), .blob([0, 255, 0]),
        ]
        for value in values { try await database.execute("INSERT INTO t (v) VALUES (?)", [value]) }
        let rows = try await database.query("SELECT v FROM t ORDER BY id")
        #expect(rows.map { $0["v"] } == values)
    }

    @Test func commitsAreWrittenThroughToTheDisk() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(path: folder.database, migrations: table)
        #expect(try await database.query("PRAGMA journal_mode").first?["journal_mode"] == "wal")
        #expect(try await database.query("PRAGMA synchronous").first?["synchronous"] == 2, "2 is FULL")
        #expect(try await database.query("PRAGMA foreign_keys").first?["foreign_keys"] == 1)
    }

    @Test func aTransactionIsAllOrNothing() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(path: folder.database, migrations: table)
        await #expect(throws: StorageError.closed(path: "made up")) {
            try await database.transaction { connection throws(StorageError) in
                try connection.execute("INSERT INTO t (v) VALUES (1)")
                throw .closed(path: "made up")
            }
        }
        #expect(try await database.query("SELECT * FROM t").isEmpty)
        let changed = try await database.transaction { connection throws(StorageError) in
            try connection.execute("INSERT INTO t (v) VALUES (1), (2)")
            return connection.changes
        }
        #expect(changed == 2)
        #expect(try await database.query("SELECT * FROM t").count == 2)
    }

    @Test func aFailedStatementLeavesTheDatabaseUsable() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(path: folder.database, migrations: table)
        try await database.execute("INSERT INTO t (id) VALUES (7)")
        for _ in 0..<2 {
            let error = await #expect(throws: StorageError.self) {
                try await database.execute("INSERT INTO t (id) VALUES (7)")
            }
            guard case .statement(folder.database, "INSERT INTO t (id) VALUES (7)", let detail) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(detail.contains("UNIQUE"))
        }
        await #expect(throws: StorageError.self) { try await database.execute("SELECT ?", []) }
        await #expect(throws: StorageError.self) { try await database.execute("no SQL", []) }
        await #expect(throws: StorageError.self) {
            try await database.transaction { connection throws(StorageError) in
                try connection.transaction { inner throws(StorageError) in try inner.execute("DELETE FROM t") }
            }
        }
        try await database.execute("INSERT INTO t (id) VALUES (8)")
        #expect(try await database.query("SELECT id FROM t ORDER BY id").map { $0["id"] } == [7, 8])
    }

    @Test func aColumnOfTheWrongTypeIsAnError() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(path: folder.database, migrations: table)
        let row = try #require(try await database.query("SELECT 1 AS n, 'x' AS s, NULL AS z").first)
        #expect(try row.integer("n") == 1)
        #expect(try row.text("s") == "x")
        #expect(try row.optionalText("z") == nil)
        #expect(throws: StorageError.self) { try row.text("n") }
        #expect(throws: StorageError.self) { try row.integer("s") }
        #expect(throws: StorageError.self) { try row.blob("z") }
        #expect(throws: StorageError.self) { try row.integer("missing") }
    }

    @Test func manyDifferentStatementsDoNotPileUp() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(path: folder.database, migrations: table)
        for number in 0..<1_000 {
            #expect(try await database.query("SELECT \(number) AS n").first?["n"] == .integer(Int64(number)))
        }
    }

    @Test func aHundredTasksAtOnceLoseNothing() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(path: folder.database, migrations: table)
        try await database.execute("INSERT INTO t (id, v) VALUES (1, 0)")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    try await database.transaction { connection throws(StorageError) in
                        let old = try connection.query("SELECT v FROM t WHERE id = 1").first?.integer("v") ?? -1
                        try connection.execute("UPDATE t SET v = ? WHERE id = 1", [.integer(old + 1)])
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await database.query("SELECT v FROM t WHERE id = 1").first?["v"] == 100)
    }

    @Test func aClosedDatabaseSaysSoAndItsFileIsWhole() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(path: folder.database, migrations: table)
        try await database.execute("INSERT INTO t (v) VALUES (1)")
        await database.close()
        await #expect(throws: StorageError.closed(path: folder.database)) {
            try await database.query("SELECT * FROM t")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.database + "-wal"), "closing empties the log")
        let again = try await Database.open(path: folder.database, migrations: table)
        #expect(try await again.query("SELECT * FROM t").count == 1)
    }
}
