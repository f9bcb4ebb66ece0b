import Foundation
import Storage
import Synchronization
import TestTools
import Testing

@testable import Host

struct KeptSettingTests {
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        var log: HostLog { HostLog { line in self.lines.withLock { $0.append(line) } } }
    }

    @Test(.enabled(if: SmallDisk.isPermitted))
    func aFullDiskIsSaidOnceAndWhatWasMeantIsWrittenWhenThereIsRoom() async throws {
        let disk = try #require(SmallDisk())
        let storage = try await SiteStorage(path: disk.path + "/site.sqlite")
        let lines = Lines()
        let kept = KeptSetting("fruit", of: "fruit", storage: storage, log: lines.log)
        await kept.keep(["apple"])
        disk.fill()
        // Longer than the room that is left in the database's own files.
        let many = (0..<200_000).map { "pear \($0)" }
        for _ in 0..<5 { await kept.keep(many) }
        #expect(lines.all.count == 1)
        #expect(lines.all.allSatisfy { $0.contains("what is known of fruit cannot be stored") && $0.contains("full") })
        #expect(await kept.load([String].self) == ["apple"])
        disk.clear()
        await kept.keep(many)
        #expect(await kept.load([String].self) == many)
        disk.fill()
        for _ in 0..<3 { await kept.keep(many + many) }
        #expect(lines.all.count == 2)
        await storage.close()
    }

    @Test func whatCannotBeReadIsSaidAndCountsAsNothing() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("k-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let storage = try await SiteStorage(path: folder.path + "/site.sqlite")
        try await storage.setSetting("fruit", to: "[1, 2")
        let lines = Lines()
        #expect(await KeptSetting("fruit", of: "fruit", storage: storage, log: lines.log).load([Int].self) == nil)
        #expect(lines.all.contains { $0.contains("what was known of fruit cannot be read any more") })
        await storage.close()
    }
}
