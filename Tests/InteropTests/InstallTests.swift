import Foundation
import Testing

/// `scripts/install` into a staging folder: no user and no service are made there.
@Suite struct InstallTests {
    private let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("scripts").path

    private func install(_ root: String, _ more: [String] = []) async throws -> (status: Int32, output: String) {
        let program = try #require(ProcessInfo.processInfo.environment["CHARGEHOST_PROGRAM"])
        let peer = try Peer("/usr/bin/bash", [scripts + "/install", "--root", root, "--program", program] + more)
        peer.closeInput()
        let status = try await peer.end()
        #expect(peer.errorText == "")
        return (status, peer.lines.joined(separator: "\n"))
    }

    @Test func aSecondRunUpgradesAndTheDataStay() async throws {
        let folder = try Folder()
        let root = folder.path + "/root"
        let first = try await install(root)
        #expect(first.status == 0, "\(first.output)")
        #expect(first.output.contains("chargehost 0.1.0 is installed"))
        let program = root + "/usr/local/bin/chargehost"
        let listed = try await run(program, ["profile", "list", "--json"])
        #expect(listed.status == 0)
        #expect(listed.output.contains("cfos.power-brain"))
        let unit = try String(contentsOfFile: root + "/etc/systemd/system/chargehost.service", encoding: .utf8)
        #expect(unit.contains("ExecStart=/usr/local/bin/chargehost run --site /etc/chargehost/site.yaml"))
        #expect(FileManager.default.fileExists(atPath: root + "/usr/local/share/doc/chargehost/site-file.md"))

        let site = root + "/etc/chargehost/site.yaml"
        let text = "schema: site/1\nname: Staged\nsupply: {limit: 32 A}\nhttp: {listen: []}\n"
        try text.write(toFile: site, atomically: true, encoding: .utf8)
        let data = root + "/var/lib/chargehost"
        let host = try Peer(program, ["run", "--site", site, "--data", data, "--quiet"])
        for _ in 0..<6000 where !host.errorText.contains("devices, data in") {
            try await Task.sleep(for: .milliseconds(10))
        }
        let stale = root + "/usr/local/share/chargehost/profiles/wallbox/gone.box.yaml"
        try "schema: profile/1\n".write(toFile: stale, atomically: true, encoding: .utf8)

        let second = try await install(root)
        #expect(second.status == 0, "\(second.output)")
        #expect(host.process.isRunning)
        #expect(try await host.stop() == 0)
        #expect(try String(contentsOfFile: site, encoding: .utf8) == text)
        #expect(FileManager.default.fileExists(atPath: data + "/chargehost.sqlite"))
        #expect(!FileManager.default.fileExists(atPath: stale))
        let backups = try FileManager.default.contentsOfDirectory(atPath: root + "/var/backups/chargehost")
        #expect(backups.count == 1)
        #expect(try await run(program, ["profile", "list", "--json"]).output.contains("cfos.power-brain"))

        let removed = try await install(root, ["--uninstall"])
        #expect(removed.status == 0)
        #expect(!FileManager.default.fileExists(atPath: program))
        #expect(!FileManager.default.fileExists(atPath: root + "/etc/systemd/system/chargehost.service"))
        #expect(FileManager.default.fileExists(atPath: site))
        #expect(FileManager.default.fileExists(atPath: data + "/chargehost.sqlite"))
    }

    @Test func aProgramThatDoesNotRunIsNotInstalled() async throws {
        let folder = try Folder()
        let peer = try Peer(
            "/usr/bin/bash", [scripts + "/install", "--root", folder.path + "/root", "--program", "/usr/bin/false"])
        peer.closeInput()
        #expect(try await peer.end() == 1)
        #expect(peer.errorText.contains("does not run on this machine"))
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/root/usr"))
        let unknown = try Peer("/usr/bin/bash", [scripts + "/install", "--rot", folder.path])
        #expect(try await unknown.end() == 2)
    }

    /// The guide's site file is checked as it stands there.
    @Test func theSiteFileOfTheGuidePassesTheCheck() async throws {
        let guide = try String(contentsOfFile: scripts + "/../Documentation/install.md", encoding: .utf8)
        let blocks = guide.components(separatedBy: "```yaml\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
        let whole = try #require(blocks.first { $0.hasPrefix("schema: site/1") })
        let more = try #require(blocks.first { $0.contains("power-brain-meter") })
        let folder = try Folder()
        for (number, text) in [whole, whole + more].enumerated() {
            let file = folder.path + "/\(number).yaml"
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            let check = try await Programs.run(["check", file])
            #expect(check.status == 0, "\(check.output)")
            #expect(check.output.contains("0 errors, 0 warnings"), "\(check.output)")
        }
    }

    /// Runs an installed program without the variable that would name the profiles for it.
    private func run(_ program: String, _ arguments: [String]) async throws -> (status: Int32, output: String) {
        let peer = try Peer(program, arguments, environment: ["CHARGEHOST_PROFILES": ""])
        peer.closeInput()
        return (try await peer.end(), peer.lines.joined(separator: "\n"))
    }
}
