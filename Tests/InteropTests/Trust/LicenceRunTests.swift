import Foundation
import Host
import Testing

/// Licences and profiles with the whole program, where the disk is full or files cannot be read.
@Suite struct LicenceRunTests {
    /// Runs the program in a shell that lets it write no file: every write fails as on a full disk.
    private func runFull(_ arguments: [String]) async throws -> String {
        let program = try #require(ProcessInfo.processInfo.environment["CHARGEHOST_PROGRAM"])
        let peer = try Peer(
            "/bin/sh", ["-c", "(trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\") 2>&1 | cat", program] + arguments)
        peer.closeInput()
        _ = try await peer.end()
        return peer.lines.joined(separator: "\n")
    }

    @Test func ofFourBoxesOfOtherMakesThreeAreCommanded() async throws {
        var arguments = ["simulate", "--json"]
        for _ in 0..<4 {
            arguments += ["--profile", "heidelberg.energy-control@charging", "--listen", "127.0.0.1:0"]
        }
        let simulator = try Programs.chargehost(arguments)
        try await simulator.line(from: 3) { $0.hasPrefix("{") }
        let entries = try simulator.lines.prefix(4).enumerated().map { place, line in
            let address = try #require(line.firstMatch(of: #/127\.0\.0\.1:\d+/#)?.output)
            return
                "  - {id: box\(place), profile: heidelberg.energy-control, address: \"\(address)\", unattended: accepted}"
        }
        let site = try await RunningSite(
            """
            schema: site/1
            name: Four
            supply: {limit: 100 A}
            devices:
            \(entries.joined(separator: "\n"))
            """)
        let client = ControlClient(folder: site.folder.path + "/data")
        var last: SiteStatus?
        for _ in 0..<1200 {
            if let answer = try? await client.send(ControlRequest(method: "GET", path: "/api/v1/site")),
                answer.status == 200
            {
                let status = try JSONDecoder().decode(SiteStatus.self, from: Data(answer.body))
                last = status
                if status.boxes.prefix(3).allSatisfy({ ($0.told_a ?? 0) > 0 }),
                    status.boxes[3].reason == "licence"
                {
                    break
                }
            }
            try #require(site.host.process.isRunning, "\(site.host.errorText)")
            try await Task.sleep(for: .milliseconds(100))
        }
        let status = try #require(last)
        #expect(status.boxes.prefix(3).allSatisfy { ($0.told_a ?? 0) > 0 }, "\(status.boxes)")
        #expect(status.boxes[3].reason == "licence")
        #expect((status.boxes[3].told_a ?? 0) == 0)
        // It is read, and what it may draw is kept free.
        #expect(status.boxes[3].booked_a > 0)
        #expect(status.alarms.contains { $0.hasPrefix("box3: no licence") })
        #expect(try await site.host.stop() == 0)
        try await simulator.stop(SIGKILL)
    }

    @Test func onAFullDiskWhatWasThereStays() async throws {
        let published = try await PublishedProfiles()
        let data = published.folder.path + "/data"
        let added = try await Programs.run([
            "profile", "index", "add", "friends", published.index, "--key", published.publicKey, "--data", data,
        ])
        #expect(added.status == 0, "\(added.errors)")
        let installed = try await Programs.run(["profile", "install", published.profile, "--data", data])
        #expect(installed.status == 0, "\(installed.errors)")
        let before = try published.text(data + "/profiles/\(PublishedProfiles.id).yaml")
        let list = try published.text(data + "/trust/indexes/friends/index.list")
        try published.write(before.replacing("version: 0.1.0", with: "version: 0.1.1"), to: published.profile)
        try await published.sign()
        let full = try await runFull(["profile", "update", "--data", data])
        #expect(full.contains("cannot be stored") && full.contains("what was there is unchanged"), "\(full)")
        #expect(try published.text(data + "/profiles/\(PublishedProfiles.id).yaml") == before)
        #expect(try published.text(data + "/trust/indexes/friends/index.list") == list)
        let left = try FileManager.default.contentsOfDirectory(atPath: data + "/profiles")
        #expect(left == ["\(PublishedProfiles.id).yaml"])
        let listed = try await Programs.run(["profile", "index", "list", "--data", data])
        #expect(listed.status == 0, "\(listed.output)")
        #expect(try await Programs.run(["profile", "update", "--data", data]).status == 0)
        #expect(try published.text(data + "/profiles/\(PublishedProfiles.id).yaml").contains("version: 0.1.1"))
        try await published.end()
    }
}
