import Foundation
import Glibc
import Storage
import Testing

@testable import Host

/// Backups made, and put back.
@Suite struct BackupTests {
    @Test func aBackupIsATarArchiveThatOnlyItsOwnerReads() async throws {
        let world = try BackupWorld()
        try await world.store("1", told: "{}")
        let outcome = try Backup(of: world.data, siteFile: world.site).write(to: world.file)
        let listed = try world.run("/usr/bin/tar", ["-tf", world.file])
        #expect(listed.status == 0)
        #expect(
            listed.output.split(separator: "\n") == [
                "data/chargehost.sqlite", "data/recordings/recording-000001.rec", "site/site.yaml",
                "site/profiles/own.box.yaml", "chargehost-backup.json",
            ])
        let text = try world.run("/usr/bin/tar", ["-xOf", world.file, "data/recordings/recording-000001.rec"])
        #expect(text.output == "recorded")
        #expect(outcome.remarks.isEmpty)
        var state = stat()
        try #require(stat(world.file, &state) == 0)
        #expect(state.st_mode & 0o777 == 0o600)
        let beside = try FileManager.default.contentsOfDirectory(atPath: world.root)
        #expect(beside.filter { $0.hasPrefix(".chargehost-backup") } == [])
    }

    /// What boxes were told after the backup is what they may still be doing.
    @Test func theDataComeBackAndWhatBoxesWereToldStays() async throws {
        let world = try BackupWorld()
        try await world.store("then", told: #"{"told":6}"#)
        _ = try Backup(of: world.data, siteFile: world.site).write(to: world.file)
        try await world.store("now", told: #"{"told":16}"#)
        try world.put("newer", "/data/recordings/recording-000002.rec")

        let outcome = try await Restore(world.file).run(into: world.data)
        #expect(!outcome.waits_for_restart)
        let stored = try await world.stored()
        #expect(stored.setting == "then")
        #expect(stored.told == #"{"told":16}"#)
        #expect(world.text("/data/recordings/recording-000002.rec") == nil)
        let kept = try #require(outcome.kept)
        #expect(FileManager.default.contents(atPath: kept + "/recordings/recording-000002.rec") != nil)
        let former = try await SiteStorage(path: kept + "/chargehost.sqlite")
        #expect(try await former.setting("hand") == "now")
        await former.close()
    }

    /// On another machine nobody knows what the boxes follow: each is booked at the most it may draw.
    @Test func onAnEmptyFolderNothingCountsAsTold() async throws {
        let world = try BackupWorld()
        try await world.store("then", told: #"{"told":6}"#)
        _ = try Backup(of: world.data, siteFile: world.site).write(to: world.file)
        try FileManager.default.removeItem(atPath: world.data)
        let outcome = try await Restore(world.file).run(into: world.data, site: world.root + "/new/site.yaml")
        let stored = try await world.stored()
        #expect(stored.setting == "then")
        #expect(stored.told == nil)
        #expect(world.text("/new/site.yaml") == world.text("/etc/site.yaml"))
        #expect(world.text("/new/profiles/own.box.yaml") == "schema: profile/1\n")
        #expect(outcome.site_files.count == 2)
    }

    @Test func aSiteFileThatIsThereIsKeptBesideIt() async throws {
        let world = try BackupWorld()
        try await world.store("1", told: "{}")
        let former = world.text("/etc/site.yaml")
        _ = try Backup(of: world.data, siteFile: world.site).write(to: world.file)
        try world.put("schema: site/1 # changed\n", "/etc/site.yaml")
        _ = try await Restore(world.file).run(into: world.data, site: world.site)
        #expect(world.text("/etc/site.yaml") == former)
        let names = try FileManager.default.contentsOfDirectory(atPath: world.root + "/etc")
        let kept = try #require(names.first { $0.hasPrefix("site.yaml.kept-") })
        #expect(world.text("/etc/" + kept) == "schema: site/1 # changed\n")
    }

    /// A start that was sent after the backup must not be sent again, and a session of afterwards must not be lost.
    @Test func whatIsBilledIsThatOfThePresent() async throws {
        let world = try BackupWorld()
        let backend = Backend(url: "wss://csms.example/ocpp", chargePoint: "SITE")
        func begin(_ connector: Int, _ storage: SiteStorage) async throws -> Int? {
            let queue = try await storage.transactionQueue(for: backend, limits: QueueLimits(ballast: 0))
            let start = TransactionStart(
                box: "a", connector: connector, idTag: "CARD", at: .now(), meterStart: 10
            ) { _ in Array("start \(connector)".utf8) }
            return try await queue.append(.start(start)).transaction
        }
        let first = try await world.storage { try await begin(1, $0) }
        _ = try Backup(of: world.data, siteFile: world.site).write(to: world.file)
        let second = try await world.storage { storage in
            let queue = try await storage.transactionQueue(for: backend, limits: QueueLimits(ballast: 0))
            let message = try #require(try await queue.next())
            #expect(try await queue.delivered(message.id, backendID: 4711))
            return try await begin(2, storage)
        }
        _ = try await Restore(world.file).run(into: world.data)
        try await world.storage { storage in
            let waiting = try await storage.waiting(for: backend, first: 10)
            #expect(waiting.map { String(decoding: $0.payload, as: UTF8.self) } == ["start 2"])
            #expect(waiting.map(\.transaction) == [second])
            #expect(try await storage.queues().map(\.waiting) == [1])
            #expect(try await storage.openSessions().count == 2)
            #expect(try await storage.transaction(backendID: 4711, at: backend)?.id == first)
            // Numbers that were given are not given again.
            let third = try #require(try await begin(3, storage))
            #expect(third > (second ?? .max))
        }
    }

    /// A host that runs keeps its files; the backup takes their place when the folder is opened next.
    @Test func aRunningHostGoesOnWithItsData() async throws {
        let world = try BackupWorld()
        try await world.store("then", told: "{}")
        _ = try Backup(of: world.data, siteFile: world.site).write(to: world.file)
        try await world.store("now", told: "{}")
        let open = try DataFolder(world.data)
        let outcome = try await Restore(world.file).run(into: world.data)
        #expect(outcome.waits_for_restart)
        #expect(outcome.kept == nil)
        #expect(try await world.stored().setting == "now")
        open.release()
        let next = try DataFolder(world.data)
        #expect(next.kept != nil)
        #expect(try await world.stored().setting == "then")
        next.release()
    }

    /// Every transaction writes both settings, so a copy has both alike.
    @Test func aBackupIsWholeWhileSomebodyWrites() async throws {
        let world = try BackupWorld()
        let storage = try await SiteStorage(path: world.data + "/chargehost.sqlite")
        let writer = Task {
            var count = 0
            while !Task.isCancelled {
                count += 1
                let text = "\(count)" + String(repeating: "x", count: count % 5000)
                try await storage.setSettings(["left": text, "right": text])
            }
            return count
        }
        for _ in 0..<10 {
            _ = try Backup(of: world.data, siteFile: world.site).write(to: world.file)
            let copy = world.root + "/copy.sqlite"
            let work = world.root + "/unpacked"
            try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
            _ = try BackupReader(world.file).unpack(into: work)
            try FileManager.default.moveItem(atPath: work + "/data/chargehost.sqlite", toPath: copy)
            let read = try await SiteStorage(path: copy)
            let settings = try await read.settings()
            #expect(settings["left"] == settings["right"])
            await read.close()
            for path in [copy, work] { try FileManager.default.removeItem(atPath: path) }
        }
        writer.cancel()
        #expect(try await writer.value > 10)
        await storage.close()
    }

    @Test func whatCannotBeBackedUpIsSaid() async throws {
        let world = try BackupWorld()
        #expect(throws: BackupError.noData(world.data)) { try Backup(of: world.data).write(to: world.file) }
        try await world.store("1", told: "{}")
        #expect(throws: BackupError.self) { try Backup(of: world.data).write(to: world.data + "/b.tar") }
        #expect(throws: BackupError.self) {
            try Backup(of: world.data, siteFile: "/no/site.yaml").write(to: world.file)
        }
        #expect(!FileManager.default.fileExists(atPath: world.file))
        let without = try Backup(of: world.data).write(to: world.file)
        #expect(without.remarks.count == 1)
        #expect(without.remarks[0].contains("--site"))
    }
}
