import Foundation
import Testing

/// `run` under a service manager: a Python process that has the socket of sd_notify(3).
@Suite struct ServiceTests {
    @Test func theManagerHearsOfStartReloadPulseAndEnd() async throws {
        let manager = try Programs.python("service_manager.py", [])
        let name = try await manager.line { $0.hasPrefix("socket ") }.dropFirst(7)
        let folder = try Folder()
        let file = folder.path + "/site.yaml"
        try "schema: site/1\nname: Empty\nsupply: {limit: 32 A}\nhttp: {listen: []}\n".write(
            toFile: file, atomically: true, encoding: .utf8)
        let host = try Programs.chargehost(
            ["run", "--site", file, "--data", folder.path + "/data", "--quiet"],
            environment: ["NOTIFY_SOCKET": String(name), "WATCHDOG_USEC": "200000"])
        try await manager.line { $0 == "READY=1 STATUS=Empty: 0 devices" }
        try await manager.line { $0 == "WATCHDOG=1" }
        let before = manager.lines.count
        kill(host.process.processIdentifier, SIGHUP)
        try await manager.line(from: before) { $0.hasPrefix("RELOADING=1 MONOTONIC_USEC=") }
        try await manager.line(from: before) { $0.hasPrefix("READY=1") }
        // A site file that is broken leaves the old site running, and the manager must know that the reload has ended.
        try "schema: site/1\n".write(toFile: file, atomically: true, encoding: .utf8)
        let later = manager.lines.count
        kill(host.process.processIdentifier, SIGHUP)
        try await manager.line(from: later) { $0.hasPrefix("READY=1") }
        #expect(try await host.stop() == 0)
        try await manager.line(from: later) { $0 == "STOPPING=1" }
        manager.closeInput()
    }
}
