import Foundation
import Testing

/// Driver programs with the program itself: the commands of their authors, and a host that is killed.
@Suite(.timeLimit(.minutes(5))) struct DriverRunTests {
    private static let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized.path

    /// The processes that work in a folder.
    private func processes(in folder: String) -> [pid_t] {
        let files = FileManager.default
        let real = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
        return ((try? files.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { pid_t($0) }.filter { pid in
            (try? files.destinationOfSymbolicLink(atPath: "/proc/\(pid)/cwd")) == real
        }
    }

    private func wait(_ what: String, _ condition: () -> Bool) async throws {
        for _ in 0..<6000 {
            if condition() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Peer.Failure(description: "never: \(what)")
    }

    @Test func aDriverEndsWithAHostThatIsKilled() async throws {
        let folder = try Folder()
        let driver = folder.path + "/drivers/http-meter"
        try FileManager.default.createDirectory(atPath: folder.path + "/drivers", withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: Self.root + "/Examples/drivers/http-meter", toPath: driver)
        let site = """
            schema: site/1
            name: One meter
            supply: {limit: 20 A}
            devices:
              - {id: grid, driver: http-meter, address: "http://127.0.0.1:1/", options: {power: kw}, role: grid}

            """
        let file = folder.path + "/site.yaml"
        try site.write(toFile: file, atomically: true, encoding: .utf8)
        let arguments = ["run", "--site", file, "--data", folder.path + "/data", "--http", "off", "--quiet"]
        let first = try Programs.chargehost(arguments)
        try await wait("the driver works: \(first.errorText)") {
            first.errorText.contains("driver http-meter: version 1.0.0 works")
        }
        // One, or with bubblewrap those that are around it.
        #expect((1...3).contains(processes(in: driver).count))
        try await first.stop(SIGKILL)
        try await wait("the driver has ended with its host") { processes(in: driver).isEmpty }
        // The next host removes what the killed one left, and ends its driver itself.
        let second = try Programs.chargehost(arguments)
        try await wait("the driver works again: \(second.errorText)") {
            second.errorText.contains("driver http-meter: version 1.0.0 works")
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/data/driver-files")
        #expect(left.count == 1)
        #expect(try await second.stop() == 0)
        #expect(processes(in: driver).isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/data/driver-files").isEmpty)
    }

    @Test func whatIsSaidFitsTheSchema() async throws {
        let folder = try Folder()
        let tape = folder.path + "/tape.jsonl"
        let checked = try await Programs.run([
            "driver", "check", Self.root + "/Examples/drivers/http-meter", "--record", tape,
        ])
        #expect(checked.status == 0, "\(checked.output)")
        #expect(checked.output.hasSuffix("16 passed, 0 failed, 2 skipped"))
        try await fitsTheSchema(tape)
    }

    /// The example in Swift as it was built beside the program.
    private static let goe = ProcessInfo.processInfo.environment["CHARGEHOST_PROGRAM"].map { program in
        URL(fileURLWithPath: program).deletingLastPathComponent().appendingPathComponent("goe").path
    }

    @Test(.enabled(if: goe.map(FileManager.default.isExecutableFile(atPath:)) ?? false))
    func whatIsSaidWithAWallboxFitsTheSchema() async throws {
        let folder = try Folder()
        let driver = folder.path + "/goe"
        try FileManager.default.createDirectory(atPath: driver, withIntermediateDirectories: true)
        let example = Self.root + "/Examples/drivers/goe"
        try FileManager.default.copyItem(atPath: example + "/peer.py", toPath: driver + "/peer.py")
        let manifest = try String(contentsOfFile: example + "/driver.yaml", encoding: .utf8)
        try manifest.replacing(".build/release/goe", with: try #require(Self.goe)).write(
            toFile: driver + "/driver.yaml", atomically: true, encoding: .utf8)
        let tape = folder.path + "/tape.jsonl"
        let checked = try await Programs.run(["driver", "check", driver, "--record", tape])
        #expect(checked.output.hasSuffix("18 passed, 0 failed, 0 skipped"), "\(checked.output)")
        try await fitsTheSchema(tape)
    }

    private func fitsTheSchema(_ tape: String) async throws {
        let schema = Self.root + "/Documentation/driver-protocol.schema.json"
        let check = try Programs.python("driver_schema_check.py", [schema, tape])
        check.closeInput()
        #expect(try await check.end() == 0, "\(check.errorText)")
        #expect((check.lines.first.flatMap { Int($0) } ?? 0) > 30)
    }

    @Test func aNewDriverKeepsEveryRuleAndAChangedOneIsFoundOut() async throws {
        let folder = try Folder()
        let new = try await Programs.run([
            "driver", "new", "--language", "python", "roof-meter", "--folder", folder.path,
        ])
        #expect(new.status == 0, "\(new.errors)")
        let driver = folder.path + "/roof-meter"
        let tape = folder.path + "/tape.jsonl"
        let checked = try await Programs.run(["driver", "check", driver, "--record", tape, "--json"])
        #expect(checked.status == 0, "\(checked.output)")
        #expect(try await Programs.run(["driver", "replay", driver, tape]).status == 0)
        let program = driver + "/roof_meter.py"
        let text = try String(contentsOfFile: program, encoding: .utf8)
        try text.replacing("\"poll_s\": 1", with: "\"poll_s\": 2").write(
            toFile: program, atomically: true, encoding: .utf8)
        let replayed = try await Programs.run(["driver", "replay", driver, tape])
        #expect(replayed.status == 1)
        #expect(replayed.output.contains("\"poll_s\":1") && replayed.output.contains("\"poll_s\":2"))
        let again = try await Programs.run([
            "driver", "new", "--language", "python", "roof-meter", "--folder", folder.path,
        ])
        #expect(again.status == 1)
        #expect(try await Programs.run(["driver", "new", "--language", "cobol", "x"]).status == 2)
        #expect(try await Programs.run(["driver", "replay", driver, folder.path + "/nothing"]).status == 2)
    }

    @Test func theSwiftPackageOfANewDriverNamesItself() async throws {
        let folder = try Folder()
        let new = try await Programs.run(["driver", "new", "--language", "swift", "cellar", "--folder", folder.path])
        #expect(new.status == 0, "\(new.errors)")
        let program = try String(contentsOfFile: folder.path + "/cellar/Sources/cellar/Cellar.swift", encoding: .utf8)
        #expect(program.contains("@main struct Cellar: DriverProgram") && program.contains("let name = \"cellar\""))
        let package = try String(contentsOfFile: folder.path + "/cellar/Package.swift", encoding: .utf8)
        #expect(!package.contains("{checkout}") && package.contains("executableTarget(name: \"cellar\""))
    }

    @Test func aListNamesWhatCannotBeUsed() async throws {
        let folder = try Folder()
        let new = try await Programs.run(["driver", "new", "--language", "python", "good", "--folder", folder.path])
        #expect(new.status == 0)
        #expect(try await Programs.run(["driver", "list", "--folder", folder.path]).status == 0)
        try FileManager.default.createDirectory(atPath: folder.path + "/bad", withIntermediateDirectories: true)
        try "api: 7\nname: bad\nversion: 1.0.0\nprogram: python3\nclasses: [meter]\n".write(
            toFile: folder.path + "/bad/driver.yaml", atomically: true, encoding: .utf8)
        let listed = try await Programs.run(["driver", "list", "--folder", folder.path, "--json"])
        #expect(listed.status == 1)
        #expect(listed.errors.contains("the driver bad speaks version 7 of the protocol, this host version 1"))
        #expect(listed.output.contains("\"name\" : \"bad\"") && listed.output.contains("\"name\" : \"good\""))
    }
}
