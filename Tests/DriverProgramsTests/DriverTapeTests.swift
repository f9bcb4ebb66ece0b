import DriverAPI
import Foundation
import Testing

@testable import DriverPrograms

/// Conversations that were recorded, and are played again.
@Suite(.timeLimit(.minutes(5))) struct DriverTapeTests {
    private static let meter =
        URL(fileURLWithPath: #filePath).appendingPathComponent("../../../Examples/drivers/http-meter").standardized.path

    /// A copy of the meter over HTTP, to change.
    private func copy() throws -> String {
        let folder = NSTemporaryDirectory() + "chargehost-tape-" + UUID().uuidString
        try FileManager.default.copyItem(atPath: Self.meter, toPath: folder)
        return folder
    }

    private func change(_ file: String, _ old: String, _ new: String) throws {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.contains(old))
        try text.replacing(old, with: new).write(toFile: file, atomically: true, encoding: .utf8)
    }

    @Test func whatWasSaidInACheckIsSaidAgain() async throws {
        let (verdicts, tape) = await DriverCheck(Self.meter).recorded()
        #expect(verdicts.allSatisfy { $0.outcome != .failed })
        #expect(tape.hasGoodReadings)
        #expect(!tape.text.contains("127.0.0.1:4") || tape.text.contains("{port}"))
        let read = try Tape(tape.text)
        #expect(read.lines.count == tape.lines.count)
        #expect(try await DriverTape(Self.meter).replay(read) == [])
    }

    @Test func aDriverThatSaysSomethingElseIsFoundOut() async throws {
        let tape = await DriverCheck(Self.meter).recorded().tape
        let folder = try copy()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try change(folder + "/http_meter.py", "number * factor", "number * factor + 1")
        let differences = try await DriverTape(folder).replay(tape)
        let first = try #require(differences.first)
        #expect(first.expected.contains("1035.5") && first.found.contains("1036.5"))
        let line = try #require(first.line)
        #expect(tape.lines[line - 1].text.contains("1035.5"))
        #expect(try await DriverTape(folder).replay(tape, anyValues: true) == [])
        try change(folder + "/http_meter.py", "raise Failure(UNSUPPORTED", "raise Failure(UNREACHABLE")
        let others = try await DriverTape(folder).replay(tape, anyValues: true)
        #expect(others.contains { $0.expected.contains("\"code\":8") && $0.found.contains("\"code\":2") })
    }

    @Test func aRealDeviceIsReadAndNothingIsWrittenToIt() async throws {
        let manifest = try #require(DriverFolder(Self.meter).manifest)
        let peer = try CheckPeer(manifest, temporary: NSTemporaryDirectory())
        let device = DeviceConfiguration(
            id: "grid", profile: "", address: "http://127.0.0.1:\(try #require(peer.port))/status",
            options: ["power": "total.kw", "every": "0.2"])
        let tape = try await DriverTape(Self.meter).record(device, for: .seconds(1))
        #expect(tape.hasGoodReadings)
        let methods = tape.lines.filter(\.isQuestion).compactMap { $0.json?["method"]?.string }
        #expect(methods.prefix(3) == ["describe", "open", "read"])
        #expect(!methods.contains("command"))
        #expect(tape.lines.last { $0.isQuestion }?.text.contains("\"policy\":\"leave\"") == true)
        var wrong = device
        wrong.options["powr"] = "x"
        await #expect(throws: TrialFailure.self) { try await DriverTape(Self.meter).record(wrong, for: .seconds(1)) }
    }

    @Test func aFileThatIsNoConversationIsRefusedWithItsLine() {
        func fault(_ text: String) -> String? {
            do throws(TapeFault) {
                _ = try Tape(text)
                return nil
            } catch {
                return error.description
            }
        }
        #expect(fault("") == "line 1: there is no conversation in it")
        #expect(
            fault("{\"at\":0,\"to\":{}}\n\nnot")
                == "line 3: it must be {\"at\": 0.1, \"to\": {…}} or {\"at\": 0.1, \"from\": {…}}")
        #expect(fault("{\"at\":0}") == "line 1: it has neither to nor from")
        #expect(fault("{\"at\":0.5,\"from_text\":\"x{\"}") == nil)
    }

    @Test(arguments: [
        (#"{"age": 1, "value": 5}"#, #"{"age": 2, "value": 5}"#, true, true),
        (#"{"value": 5}"#, #"{"value": 6}"#, false, true),
        (#"{"value": 5}"#, #"{"value": "C"}"#, false, false),
        (#"{"point": "a"}"#, #"{"point": "b"}"#, false, false),
        (#"{"a": null}"#, "{}", true, true),
        ("[1, 2]", "[1]", false, false),
    ])
    func agesAreNotComparedAndValuesAsAsked(one: String, other: String, exact: Bool, anyValues: Bool) throws {
        let (one, other) = (try JSON(reading: one), try JSON(reading: other))
        #expect(TapeReplay.isSame(one, other, anyValues: false) == exact)
        #expect(TapeReplay.isSame(one, other, anyValues: true) == anyValues)
    }
}
