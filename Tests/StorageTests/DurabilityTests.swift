import Foundation
import Storage
import Testing

struct DurabilityTests {
    private let table = [Migration("001", "CREATE TABLE t (id INTEGER PRIMARY KEY, v)")]

    @Test func aSecondReaderSeesEveryReturnedCall() async throws {
        let folder = try TemporaryFolder()
        let writer = try await Database.open(path: folder.database, migrations: table)
        let reader = try await Database.open(path: folder.database, migrations: table)
        for number in 1...20 {
            try await writer.execute("INSERT INTO t (v) VALUES (?)", [.integer(Int64(number))])
            #expect(try await reader.query("SELECT max(v) AS v FROM t").first?["v"] == .integer(Int64(number)))
        }
    }

    @Test func filesCopiedMidWayHoldWhatWasCommittedAndNothingElse() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(path: folder.database, migrations: table)
        for number in 1...50 { try await database.execute("INSERT INTO t (v) VALUES (?)", [.integer(Int64(number))]) }
        try await database.execute("BEGIN IMMEDIATE")
        try await database.execute("UPDATE t SET v = -1")
        let copy = try folder.snapshot()
        try await database.execute("ROLLBACK")
        let after = try await Database.open(path: copy.database, migrations: table)
        let rows = try await after.query("SELECT v FROM t ORDER BY v")
        #expect(rows.map { $0["v"] } == (1...50).map { .integer($0) })
    }

    @Test func aLogCutAnywhereLosesOnlyItsEnd() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(path: folder.database, migrations: table)
        for number in 1...20 { try await database.execute("INSERT INTO t (v) VALUES (?)", [.integer(Int64(number))]) }
        let log = try Data(contentsOf: URL(fileURLWithPath: folder.database + "-wal"))
        var counts: [Int] = []
        for step in 0...10 {
            let copy = try folder.snapshot()
            let cut = log.prefix(log.count - log.count / 20 * step)
            try cut.write(to: URL(fileURLWithPath: copy.database + "-wal"))
            let after = try await Database.open(path: copy.database, migrations: table)
            let values = try await after.query("SELECT v FROM t ORDER BY v").map { try $0.integer("v") }
            #expect(values == Array(1...20).prefix(values.count).map { Int64($0) })
            counts.append(values.count)
            await after.close()
        }
        #expect(counts == counts.sorted(by: >))
        #expect(counts.first == 20)
        #expect((counts.last ?? 20) < 20)
    }

    @Test func whatWasStoredSurvivesKill() async throws {
        let folder = try TemporaryFolder()
        let path = folder.database
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let storage = try await SiteStorage(path: path, now: noon)
            for current in 1...30 {
                let told = StoredTold(value: "\(current) A", acknowledged: false, followed: [current * 1000])
                try await storage.storeTold(device: "box", told, at: noon)
                _ = try await storage.reserveWrite(
                    device: "box", point: "failsafe_current", budget: WriteBudget(100, per: .day), at: noon)
            }
            try await storage.database.execute("BEGIN IMMEDIATE")
            try await storage.database.execute("DELETE FROM told_values")
            kill(getpid(), SIGKILL)
        }
        let storage = try await SiteStorage(path: path, now: noon)
        #expect(try await storage.told(device: "box")?.followed == [30_000])
        #expect(try await storage.writeCounts(device: "box", point: "failsafe_current", at: noon)[.day] == 30)
    }
}
