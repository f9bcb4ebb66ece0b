import Foundation
import Recording
import Storage
import TestTools
import Testing

@testable import Host

/// Backups that must not be put back: nothing is changed.
@Suite struct RestoreRefusalTests {
    /// A world with a backup, and what its data were.
    private func world() async throws -> (BackupWorld, [UInt8]) {
        let world = try BackupWorld()
        try await world.store("present", told: "{}")
        _ = try Backup(of: world.data, siteFile: world.site).write(to: world.file)
        let bytes = try #require(FileManager.default.contents(atPath: world.file))
        return (world, Array(bytes))
    }

    private func refusal(of bytes: [UInt8], _ world: BackupWorld) async throws -> BackupError? {
        try Data(bytes).write(to: URL(fileURLWithPath: world.file))
        let before = try world.names()
        let error = await #expect(throws: BackupError.self) {
            try await Restore(world.file).run(into: world.data, site: world.site)
        }
        #expect(try world.names() == before)
        return error
    }

    @Test func aBackupThatWasCutShortIsRefused() async throws {
        let (world, bytes) = try await world()
        // The archive ends with two empty blocks, which nobody needs; everything before counts.
        for count in stride(from: 0, to: bytes.count - 1024, by: max(1, bytes.count / 40)) {
            let error = try await refusal(of: Array(bytes[..<count]), world)
            #expect(error?.description.contains("no whole backup") == true, "\(count)")
        }
        #expect(try await world.stored().setting == "present")
    }

    @Test func aBackupInWhichABitChangedIsRefused() async throws {
        let (world, bytes) = try await world()
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<40 {
            var changed = bytes
            let place = Int.random(in: 0..<bytes.count - 1536, using: &generator)
            changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            try Data(changed).write(to: URL(fileURLWithPath: world.file))
            let work = world.root + "/work"
            try? FileManager.default.removeItem(atPath: work)
            try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
            // What fills a block up, and the time and owner of a file, mean nothing here.
            if let manifest = try? BackupReader(world.file).unpack(into: work) {
                for entry in manifest.files {
                    let content = try #require(FileManager.default.contents(atPath: work + "/" + entry.name))
                    #expect(Checksum.of(content) == entry.crc32, "byte \(place)")
                }
            }
        }
        #expect(try await world.stored().setting == "present")
    }

    @Test func aBackupOfANewerFormatIsRefused() async throws {
        let (world, _) = try await world()
        let manifest = #"{"format": 2, "chargehost": "9.1.0", "what": {"nobody": "knows"}}"#
        let error = try await refusal(of: archive([(BackupManifest.name, Array(manifest.utf8))]), world)
        #expect(error == .newer(world.file, version: "9.1.0"))
    }

    @Test func aDatabaseOfANewerVersionIsRefused() async throws {
        let (world, _) = try await world()
        try await world.storage { storage in
            try await storage.database.execute(
                "INSERT INTO migrations (position, name, applied_at) VALUES (9000, '999-tomorrow', 0)")
        }
        _ = try Backup(of: world.data, siteFile: world.site).write(to: world.file)
        let bytes = try #require(FileManager.default.contents(atPath: world.file))
        let error = try await refusal(of: Array(bytes), world)
        #expect(error?.description.contains("999-tomorrow") == true)
    }

    @Test(arguments: [
        "data/../../escaped", "/etc/escaped", "data//x", "data/./x", "elsewhere/x", "data", "data/lock",
        "data/kept-1/x", "data/restore-ready-1/x", "data/chargehost.sqlite-wal",
    ])
    func anEntryThatHasNoPlaceInABackupIsRefused(_ name: String) async throws {
        let (world, _) = try await world()
        let error = try await refusal(of: archive([(name, [1, 2, 3])]), world)
        #expect(error?.description.contains("no place") == true)
        #expect(!FileManager.default.fileExists(atPath: world.root + "/escaped"))
    }

    @Test func linksAndForeignFilesAreRefused() async throws {
        let (world, _) = try await world()
        var link = try #require(TarHeader(name: "data/link", count: 0).bytes)
        link[156] = UInt8(ascii: "2")
        for index in 148..<156 { link[index] = 32 }
        let sum = String(link.reduce(0) { $0 + Int($1) }, radix: 8)
        for (index, byte) in sum.utf8.enumerated() { link[148 + index] = byte }
        #expect(try await refusal(of: link, world)?.description.contains("no plain file") == true)
        #expect(try await refusal(of: [UInt8]("root:x:0:0".utf8), world) != nil)
        #expect(try await refusal(of: [UInt8](repeating: 65, count: 4096), world) != nil)
        #expect(try await refusal(of: [UInt8](repeating: 0, count: 4096), world) != nil)
        #expect(try await refusal(of: [], world) != nil)
    }

    @Test func namesOfAnArchiveKeepTheirFolders() throws {
        let long =
            "data/" + String(repeating: "folder-of-thirty-characters--/", count: 4) + String(repeating: "n", count: 90)
        for name in ["data/a", long] {
            let bytes = try #require(TarHeader(name: name, count: 7, time: 1_700_000_000).bytes)
            #expect(TarHeader.read(bytes) == .header(TarHeader(name: name, count: 7, time: 1_700_000_000)))
        }
        #expect(TarHeader(name: "data/" + String(repeating: "n", count: 101), count: 1).bytes == nil)
        #expect(TarHeader(name: "data/a", count: 1 << 33).bytes == nil)
    }

    private func archive(_ files: [(name: String, bytes: [UInt8])]) throws -> [UInt8] {
        var archive: [UInt8] = []
        for (name, bytes) in files {
            archive += try #require(TarHeader(name: name, count: bytes.count).bytes)
            archive += bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
        }
        return archive + [UInt8](repeating: 0, count: 1024)
    }
}
