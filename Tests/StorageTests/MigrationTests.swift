import Foundation
import Testing

@testable import Storage

struct MigrationTests {
    private let steps = [
        Migration("001-a", "CREATE TABLE a (v INTEGER); INSERT INTO a VALUES (1);"),
        Migration("002-b", "CREATE TABLE b (v INTEGER); INSERT INTO b SELECT v + 1 FROM a;"),
        Migration("003-c", "ALTER TABLE a ADD COLUMN w INTEGER NOT NULL DEFAULT 7;"),
    ]

    @Test(arguments: 0...3)
    func aDatabaseOfEveryAgeIsBroughtUpToDate(age: Int) async throws {
        let folder = try TemporaryFolder()
        let old = try await Database.open(path: folder.database, migrations: Array(steps.prefix(age)), now: noon)
        await old.close()
        let later = noon.advanced(bySeconds: 60)
        let database = try await Database.open(path: folder.database, migrations: steps, now: later)
        #expect(try await database.query("SELECT v, w FROM a").map(\.values) == [[1, 7]])
        #expect(try await database.query("SELECT v FROM b").map(\.values) == [[2]])
        let records = try await database.query("SELECT name, applied_at FROM migrations ORDER BY position")
        #expect(try records.map { try $0.text("name") } == ["001-a", "002-b", "003-c"])
        let times = (0..<3).map { $0 < age ? noon : later }
        #expect(try records.map { try $0.time("applied_at") } == times)
    }

    @Test func aFailingStepLeavesTheDatabaseAsItWasBeforeIt() async throws {
        let folder = try TemporaryFolder()
        let broken = [
            steps[0],
            Migration("002-x", "CREATE TABLE x (v); INSERT INTO x VALUES (1); INSERT INTO nowhere VALUES (1);"),
        ]
        let error = await #expect(throws: StorageError.self) {
            try await Database.open(path: folder.database, migrations: broken)
        }
        guard case .migrationFailed(folder.database, "002-x", let detail) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(detail.contains("nowhere"))
        let database = try await Database.open(path: folder.database, migrations: steps)
        #expect(try await database.query("SELECT v FROM a").count == 1)
        #expect(try await database.query("SELECT name FROM sqlite_schema WHERE name = 'x'").isEmpty)
    }

    @Test func aNewerDatabaseIsRefusedUntouched() async throws {
        let folder = try TemporaryFolder()
        try await Database.open(path: folder.database, migrations: steps).close()
        let before = try folder.bytes()
        let error = await #expect(throws: StorageError.newerSchema(path: folder.database, unknown: ["002-b", "003-c"]))
        {
            try await Database.open(path: folder.database, migrations: Array(steps.prefix(1)))
        }
        #expect(try folder.bytes() == before)
        let text = error?.description ?? ""
        #expect(text.contains(folder.database) && text.contains("newer version") && text.contains("002-b, 003-c"))
    }

    @Test func stepsInAnotherOrderAreRefused() async throws {
        let folder = try TemporaryFolder()
        try await Database.open(path: folder.database, migrations: Array(steps.prefix(2))).close()
        await #expect(throws: StorageError.newerSchema(path: folder.database, unknown: ["001-a", "002-b"])) {
            try await Database.open(path: folder.database, migrations: [steps[1], steps[0], steps[2]])
        }
    }

    @Test func severalOpenAtOnceAndEachStepHappensOnce() async throws {
        let folder = try TemporaryFolder()
        let (path, steps) = (folder.database, steps)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<5 { group.addTask { try await Database.open(path: path, migrations: steps).close() } }
            try await group.waitForAll()
        }
        let database = try await Database.open(path: path, migrations: steps)
        #expect(try await database.query("SELECT v FROM a").count == 1)
    }

    /// Released steps, pinned by FNV-1a (64 bit) of name and statements: the pins are only ever added to.
    @Test func releasedStepsAreNeverEdited() {
        let pinned = SiteSchema.migrations.map { "\($0.name) \(fingerprint($0.name + $0.sql))" }
        #expect(pinned == PinnedMigrations.all)
        #expect(Set(SiteSchema.migrations.map(\.name)).count == SiteSchema.migrations.count)
    }

    @Test func theSiteSchemaGrowsFromEveryAge() async throws {
        for age in SiteSchema.migrations.indices {
            let folder = try TemporaryFolder()
            let old = Array(SiteSchema.migrations.prefix(age))
            try await Database.open(path: folder.database, migrations: old).close()
            let storage = try await SiteStorage(path: folder.database)
            try await storage.storeTold(device: "box", StoredTold(value: "off", acknowledged: true, followed: [0]))
            #expect(try await storage.openAlarms().isEmpty)
            await storage.close()
        }
    }

    private func fingerprint(_ text: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16)
    }
}
