import Foundation
import Storage
import Testing

@testable import Host

/// A process that is killed while a backup takes its place leaves a folder with which the next one goes on.
@Suite struct PendingRestoreTests {
    /// Present data, and restored data that wait.
    private func world() async throws -> BackupWorld {
        let world = try BackupWorld()
        try await world.store("then", told: #"{"told":6}"#)
        _ = try Backup(of: world.data, siteFile: world.site).write(to: world.file)
        try await world.store("now", told: #"{"told":16}"#)
        let running = try DataFolder(world.data)
        _ = try await Restore(world.file).run(into: world.data)
        running.release()
        return world
    }

    private func waiting(_ world: BackupWorld) throws -> String {
        try #require(try world.names().first { $0.hasPrefix("restore-") })
    }

    private func move(_ world: BackupWorld, _ from: String, _ to: String) throws {
        try FileManager.default.moveItem(atPath: world.data + "/" + from, toPath: world.data + "/" + to)
    }

    /// The folder is whole: the restored data, what was told, and the former ones kept.
    private func expectWhole(_ world: BackupWorld) async throws {
        let folder = try DataFolder(world.data)
        let kept = try #require(folder.kept)
        folder.release()
        let stored = try await world.stored()
        #expect(stored.setting == "then")
        #expect(stored.told == #"{"told":16}"#)
        #expect(try world.names().filter { !$0.hasPrefix("kept-") } == ["chargehost.sqlite", "recordings"])
        let former = try await SiteStorage(path: kept + "/chargehost.sqlite")
        #expect(try await former.setting("hand") == "now")
        await former.close()
        #expect(FileManager.default.fileExists(atPath: kept + "/recordings/recording-000001.rec"))
    }

    @Test func beforeTheFirstStep() async throws { try await expectWhole(try await world()) }

    @Test func afterWhatWasToldWasCarriedOver() async throws {
        let world = try await world()
        let place = try waiting(world)
        try SiteStorage.carryOver(
            from: world.data + "/chargehost.sqlite", into: world.data + "/\(place)/chargehost.sqlite")
        try await expectWhole(world)
    }

    @Test func amongThePresentFiles() async throws {
        for moved in [["chargehost.sqlite"], ["recordings"], ["chargehost.sqlite", "recordings"]] {
            let world = try await world()
            let place = try waiting(world)
            let stamp = place.dropFirst("restore-pending-".count)
            try SiteStorage.carryOver(
                from: world.data + "/chargehost.sqlite", into: world.data + "/\(place)/chargehost.sqlite")
            try move(world, place, "restore-carried-\(stamp)")
            try FileManager.default.createDirectory(
                atPath: world.data + "/kept-\(stamp)", withIntermediateDirectories: true)
            for name in moved { try move(world, name, "kept-\(stamp)/\(name)") }
            try await expectWhole(world)
        }
    }

    @Test func amongTheRestoredFiles() async throws {
        for moved in [[], ["chargehost.sqlite"], ["chargehost.sqlite", "recordings"]] {
            let world = try await world()
            let place = try waiting(world)
            let stamp = place.dropFirst("restore-pending-".count)
            try SiteStorage.carryOver(
                from: world.data + "/chargehost.sqlite", into: world.data + "/\(place)/chargehost.sqlite")
            try FileManager.default.createDirectory(
                atPath: world.data + "/kept-\(stamp)", withIntermediateDirectories: true)
            for name in ["chargehost.sqlite", "recordings"] { try move(world, name, "kept-\(stamp)/\(name)") }
            try move(world, place, "restore-ready-\(stamp)")
            for name in moved { try move(world, "restore-ready-\(stamp)/\(name)", name) }
            try await expectWhole(world)
        }
    }

    @Test func aSecondRestoreTakesThePlaceOfTheFirst() async throws {
        let world = try await world()
        let running = try DataFolder(world.data)
        running.release()
        #expect(try await world.stored().setting == "then")
        try await world.store("later", told: "{}")
        let again = try DataFolder(world.data)
        for _ in 0..<2 { _ = try await Restore(world.file).run(into: world.data) }
        #expect(try world.names().filter { $0.hasPrefix("restore-") }.count == 1)
        again.release()
        let next = try DataFolder(world.data)
        #expect(next.kept != nil)
        next.release()
        #expect(try await world.stored().setting == "then")
    }
}
