import Foundation
import Testing

@testable import Host

/// The flight recorder's recordings on the command line, made by the demo.
@Suite struct ReplayCommandTests {
    private struct Report: Decodable {
        var ticks: Int
        var orders: Int
        var equal: Bool
        var damaged: Bool
    }

    private struct Result: Decodable {
        var file: String
        var error: String?
        var report: Report?
    }

    /// Recordings of a demo that was ended after its boxes had been told something.
    private func recorded(_ arguments: String...) async throws -> Folder {
        let folder = try Folder()
        let demo = try Programs.chargehost(["demo", "--data", folder.path, "--http", "off"] + arguments)
        let client = ControlClient(folder: folder.path)
        for _ in 0..<1200 {
            let answer = try? await client.send(ControlRequest(method: "GET", path: "/api/v1/site"))
            let status = answer.flatMap { try? JSONDecoder().decode(SiteStatus.self, from: Data($0.body)) }
            if status?.boxes.contains(where: { ($0.told_a ?? 0) > 0 }) ?? false { break }
            guard demo.process.isRunning else { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(try await demo.stop() == 0, "\(demo.errorText)")
        return folder
    }

    private func run(_ words: String...) async throws -> (status: Int32, output: String, errors: String) {
        try await Programs.run(["replay"] + words)
    }

    private func segment(_ folder: Folder) throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/recordings").sorted()
        return try folder.path + "/recordings/" + #require(names.first { $0.hasSuffix(".rec") })
    }

    @Test func whatWasRecordedIsDecidedTheSameAgain() async throws {
        let folder = try await recorded()
        let text = try await run(folder.path)
        #expect(text.status == 0, "\(text.errors)\(text.output)")
        #expect(text.output.contains("every decision is the same") && text.output.contains("least room: "))
        let report: Report = try document(try await run(folder.path, "--json").output)
        #expect(report.equal && !report.damaged && report.ticks > 0 && report.orders > 0)
        let file: Report = try document(try await run(segment(folder), "--json").output)
        #expect(file.ticks == report.ticks, "one segment holds a short demo")
        let story = try await run(folder.path, "--box", "garage")
        #expect(story.status == 0 && story.output.contains("order 1"), "\(story.output)")
        let stranger = try await run(folder.path, "--box", "attic")
        #expect(stranger.status == 2 && stranger.errors.contains("garage"))
        #expect(try await run(folder.path, "--from", "+10h").status == 1, "nothing was recorded then")
        #expect(try await run(folder.path, "--from", "noon").status == 2)
    }

    @Test func aPieceBecomesATestThatFindsAnotherDecision() async throws {
        let folder = try await recorded()
        let file = folder.path + "/piece.json"
        let cut = try await run(folder.path, "--test", "a demo begins", "--anonymous")
        #expect(cut.status == 0 && cut.output.contains("box-1") && !cut.output.contains("garage"))
        try cut.output.write(toFile: file, atomically: true, encoding: .utf8)
        let passed = try await run("--check", file)
        #expect(passed.status == 0 && passed.output.hasSuffix("1 passed, 0 failed"), "\(passed.output)")

        // Somebody decided to give the first box a fifth less once.
        let digits = try #require(cut.output.firstRange(of: #""target":16000"#))
        let changed = cut.output.replacingCharacters(in: digits, with: #""target":12800"#)
        try changed.write(toFile: file, atomically: true, encoding: .utf8)
        let failed = try await run("--check", file)
        #expect(failed.status == 1 && failed.output.contains("recorded 12800, now 16000"), "\(failed.output)")
        let failedResults: [Result] = try document(try await run("--check", file, "--json").output)
        #expect(failedResults.map(\.report?.equal) == [false])
        let accepted: [Result] = try document(try await run("--check", file, "--accept", "--json").output)
        #expect(accepted.map(\.file) == [file] && accepted.map(\.report?.equal) == [true])
        #expect(try await run("--check", file).status == 0)
        #expect(!(try String(contentsOfFile: file, encoding: .utf8).contains("12800")))
    }

    @Test func whatCannotBeReplayedIsSaidSo() async throws {
        let folder = try await recorded()
        #expect(try await run(folder.path, "--accept").errors.contains("--accept goes with --check"))
        let path = try segment(folder)
        var bytes = [UInt8](try #require(FileManager.default.contents(atPath: path)))
        bytes[bytes.count / 2] ^= 1
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let damaged = try await run(folder.path)
        #expect(damaged.status == 1, "\(damaged.output)")
        let report: Report = try document(try await run(folder.path, "--json").output)
        #expect(report.damaged)
        let empty = try Folder()
        let nothing = try await run(empty.path)
        #expect(nothing.status == 1 && nothing.errors.contains("there are no recordings"))
        let broken = empty.path + "/broken.json"
        try "{}".write(toFile: broken, atomically: true, encoding: .utf8)
        let results = try await run("--check", broken)
        #expect(results.status == 1 && results.output.hasSuffix("0 passed, 1 failed"), "\(results.output)")
        #expect(try await run("--check", empty.path + "/missing.json").status == 2)
    }

    @Test func withoutRecordingsThereIsNothingToReplay() async throws {
        let folder = try await recorded("--recordings", "0")
        #expect(try await run(folder.path).status == 1)
    }
}
