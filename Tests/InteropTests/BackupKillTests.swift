import Foundation
import Testing

/// `backup` and `restore` of the whole program, killed in their midst.
@Suite struct BackupKillTests {
    @Test func aKilledRestoreLeavesDataThatRun() async throws {
        let folder = try Folder()
        let file = folder.path + "/site.yaml"
        let data = folder.path + "/data"
        try "schema: site/1\nname: Killed\nsupply: {limit: 32 A}\nhttp: {listen: []}\n".write(
            toFile: file, atomically: true, encoding: .utf8)
        let run = ["run", "--site", file, "--data", data, "--quiet"]
        let first = try Programs.chargehost(run)
        try await log("devices, data in", of: first)
        let backup = folder.path + "/backup.tar"
        let made = try await Programs.run(["backup", backup, "--data", data])
        #expect(made.status == 0, "\(made.errors)")
        let whole = try Data(contentsOf: URL(fileURLWithPath: backup))
        #expect(try await first.stop() == 0)

        // The moments of the kill are spread over what a restore takes; all of its steps are among them.
        for milliseconds in stride(from: 0, to: 240, by: 20) {
            let restore = try Programs.chargehost(["restore", backup, "--data", data])
            try await Task.sleep(for: .milliseconds(milliseconds))
            try await restore.stop(SIGKILL)
            let host = try Programs.chargehost(run)
            try await log("devices, data in", of: host)
            #expect(try await host.stop() == 0, "killed after \(milliseconds) ms: \(host.errorText)")
            let maker = try Programs.chargehost(["backup", backup, "--data", data])
            try await Task.sleep(for: .milliseconds(milliseconds / 2))
            try await maker.stop(SIGKILL)
            // The backup there is either the one before or a whole new one.
            let other = folder.path + "/other"
            let again = try await Programs.run(["restore", backup, "--data", other])
            #expect(again.status == 0, "killed after \(milliseconds / 2) ms: \(again.errors)")
            try FileManager.default.removeItem(atPath: other)
        }
        try whole.write(to: URL(fileURLWithPath: backup))
        let last = try await Programs.run(["restore", backup, "--data", data, "--json"])
        #expect(last.status == 0)
        #expect(last.output.contains(#""waits_for_restart" : false"#))
    }

    private func log(_ words: String, of host: Peer) async throws {
        for _ in 0..<6000 {
            if host.errorText.contains(words) { return }
            if !host.process.isRunning { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Peer.Failure(description: "the log never says \(words):\n\(host.errorText)")
    }
}
