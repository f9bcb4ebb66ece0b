import Foundation
import Storage
import Testing

struct RefusalTests {
    private let table = [Migration("001", "CREATE TABLE t (id INTEGER PRIMARY KEY, v)")]

    private func refusal(_ path: String) async -> StorageError? {
        do {
            _ = try await Database.open(path: path, migrations: table)
            return nil
        } catch {
            return error
        }
    }

    private func filled() async throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let database = try await Database.open(path: folder.database, migrations: table)
        let text = String(repeating: "x", count: 500)
        for _ in 0..<200 { try await database.execute("INSERT INTO t (v) VALUES (?)", [.text(text)]) }
        await database.close()
        return folder
    }

    @Test func aFileThatIsNoDatabaseIsLeftAlone() async throws {
        let folder = try TemporaryFolder()
        let letter = Data(String(repeating: "Dear Sir or Madam, ", count: 300).utf8)
        try letter.write(to: URL(fileURLWithPath: folder.database))
        guard case .corrupted(folder.database, _) = await refusal(folder.database) else {
            Issue.record("opened a letter")
            return
        }
        #expect(try folder.bytes() == letter)
    }

    @Test func aDamagedDatabaseIsLeftAloneAndTheTextSaysWhatToDo() async throws {
        let folder = try await filled()
        var bytes = try folder.bytes()
        #expect(bytes.count > 80_000)
        for at in bytes.count / 2..<bytes.count / 2 + 8192 { bytes[at] = 0xA5 }
        try bytes.write(to: URL(fileURLWithPath: folder.database))
        let error = await refusal(folder.database)
        guard case .corrupted(folder.database, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try folder.bytes() == bytes)
        let text = error?.description ?? ""
        #expect(text.contains(folder.database) && text.contains("backup") && text.contains(".recover"))
    }

    @Test func aTruncatedDatabaseIsLeftAlone() async throws {
        let folder = try await filled()
        let half = try folder.bytes().prefix(20_000)
        try half.write(to: URL(fileURLWithPath: folder.database))
        guard case .corrupted = await refusal(folder.database) else {
            Issue.record("opened half a database")
            return
        }
        #expect(try folder.bytes() == half)
    }

    @Test func aFolderInPlaceOfTheFileIsNotOpened() async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.database, withIntermediateDirectories: false)
        guard case .notOpened(folder.database, _) = await refusal(folder.database) else {
            Issue.record("opened a folder")
            return
        }
    }

    @Test func aMissingFolderIsNamed() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/missing/site.sqlite"
        let error = await refusal(path)
        guard case .notOpened(path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.description.contains(path) == true)
    }

    @Test func aDatabaseOfAnotherProgramIsLeftAlone() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(path: folder.database, migrations: table)
        try await database.execute("PRAGMA application_id=1")
        await database.close()
        let before = try folder.bytes()
        #expect(await refusal(folder.database) == .foreign(path: folder.database))
        #expect(try folder.bytes() == before)
    }

    @Test func aFileThatCannotBeWrittenIsReported() async throws {
        let folder = try await filled()
        let database = try await Database.open(path: folder.database, migrations: table)
        try await database.execute("PRAGMA query_only=ON")
        await #expect(throws: StorageError.readOnly(path: folder.database)) {
            try await database.execute("DELETE FROM t")
        }
        try await database.execute("PRAGMA query_only=OFF")
        #expect(try await database.query("SELECT * FROM t").count == 200)
    }

    @Test func aFullDiskIsReportedAndNothingIsLost() async throws {
        let folder = try await filled()
        let database = try await Database.open(path: folder.database, migrations: table)
        let pages = try #require(try await database.query("PRAGMA page_count").first?.integer("page_count"))
        _ = try await database.query("PRAGMA max_page_count=\(pages)")
        let large = SQLValue.text(String(repeating: "y", count: 100_000))
        await #expect(throws: StorageError.diskFull(path: folder.database)) {
            try await database.transaction { connection throws(StorageError) in
                try connection.execute("DELETE FROM t WHERE id = 1")
                try connection.execute("INSERT INTO t (v) VALUES (?)", [large])
                try connection.execute("INSERT INTO t (v) VALUES (?)", [large])
            }
        }
        #expect(try await database.query("SELECT count(*) AS n FROM t").first?["n"] == 200)
        _ = try await database.query("PRAGMA max_page_count=\(pages + 1000)")
        try await database.execute("INSERT INTO t (v) VALUES (?)", [large])
        #expect(try await database.query("SELECT count(*) AS n FROM t").first?["n"] == 201)
        #expect(try await database.query("PRAGMA integrity_check").first?["integrity_check"] == "ok")
    }

    @Test func aDatabaseHeldByAnotherIsReportedAsLocked() async throws {
        let folder = try await filled()
        let holder = try await Database.open(path: folder.database, migrations: table)
        let other = try await Database.open(path: folder.database, migrations: table)
        _ = try await other.query("PRAGMA busy_timeout=20")
        try await holder.execute("BEGIN IMMEDIATE")
        await #expect(throws: StorageError.locked(path: folder.database)) {
            try await other.execute("DELETE FROM t WHERE id = 1")
        }
        try await holder.execute("COMMIT")
        try await other.execute("DELETE FROM t WHERE id = 1")
    }

    @Test func everyErrorNamesWhatItIsAbout() {
        let path = "/var/lib/chargehost/site.sqlite"
        let errors: [StorageError] = [
            .notOpened(path: path, reason: "r"), .readOnly(path: path), .diskFull(path: path), .locked(path: path),
            .corrupted(path: path, detail: "d"), .foreign(path: path), .newerSchema(path: path, unknown: ["009"]),
            .migrationFailed(path: path, name: "009", detail: "d"), .disk(path: path, detail: "d"),
            .closed(path: path), .statement(path: path, sql: "s", detail: "d"),
            .unexpectedValue(path: path, place: "p", detail: "d"),
        ]
        for error in errors { #expect("\(error)".contains(path)) }
        #expect(Set(errors.map { "\($0)" }).count == errors.count)
    }
}
