import DriverAPI
import Foundation
import Synchronization
import Testing

@testable import Host

/// A profile file that changes under a running device.
@Suite struct ProfileSwapTests {
    /// A host with one box that nobody answers for, by a copy of a profile of the library beside the site file.
    private final class Bench {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("s-" + UUID().uuidString.prefix(8))
        let lines: Lines = Lines()
        let site: Site
        let host: SiteHost
        var profile: URL { folder.appendingPathComponent("box.yaml") }

        final class Lines: Sendable {
            private let lines = Mutex<[String]>([])
            func add(_ line: String) { lines.withLock { $0.append(line) } }
            var all: [String] { lines.withLock { $0 } }
        }

        init() async throws {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let file = URL(fileURLWithPath: #filePath)
                .appendingPathComponent("../../../../Profiles/wallbox/keba.p30.yaml").standardized
            try FileManager.default.copyItem(at: file, to: folder.appendingPathComponent("box.yaml"))
            // Nobody listens on port 1 (tcpmux, RFC 1078).
            site = Site(
                name: "test", supply: SiteCircuit(id: "supply", limit: [16, 16, 16]),
                devices: [SiteDevice(id: "a", profile: "./box.yaml", address: "127.0.0.1:1")],
                file: folder.appendingPathComponent("site.yaml").path)
            let lines = lines
            host = try await SiteHost(
                site, data: folder.appendingPathComponent("data").path,
                library: ProfileLibrary(local: [], library: nil),
                log: HostLog { lines.add($0) })
            try await host.start()
            try await wait { await host.board.device("a") != nil }
        }

        func end() async {
            await host.stop(.leave)
            try? FileManager.default.removeItem(at: folder)
        }

        func wait(_ condition: () async -> Bool) async throws {
            for _ in 0..<3000 {
                if await condition() { return }
                try await Task.sleep(for: .milliseconds(10))
            }
            Issue.record("it did not happen: \(lines.all)")
        }
    }

    @Test func theRunningDeviceGoesOnWithTheNewVersion() async throws {
        let bench = try await Bench()
        let text = try String(contentsOf: bench.profile, encoding: .utf8)
        try (text + "\n# another version\n").write(to: bench.profile, atomically: true, encoding: .utf8)
        await bench.host.reload(bench.site)
        try await bench.wait { bench.lines.all.contains { $0.hasSuffix("a: profile ./box.yaml was read anew") } }
        await bench.host.reload(bench.site)
        #expect(bench.lines.all.count { $0.hasSuffix("was read anew") } == 1, "nothing has changed since")
        await bench.end()
    }

    @Test func aBrokenVersionLeavesTheOldOneRunning() async throws {
        let bench = try await Bench()
        try "schema: profile/1\nid: [".write(to: bench.profile, atomically: true, encoding: .utf8)
        await bench.host.reload(bench.site)
        try await bench.wait { await bench.host.status() != nil }
        let alarms = await bench.host.status()?.alarms ?? []
        #expect(
            alarms.contains { $0.hasPrefix("a: the changed profile is not used, the old one goes on") }, "\(alarms)")
        #expect(await bench.host.board.device("a") != nil)
        await bench.end()
    }
}
