import Foundation
import Testing

@testable import OCPP

/// The Python package `ocpp` reads what we write and finds nothing against it.
@Suite struct PythonPeerTests {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "InteropTests/Peers/ocpp_schema_check.py")

    @Test(.enabled(if: SchemaComparisonTests.folder != nil), .timeLimit(.minutes(5)))
    func everyMessageOfOursIsOneForThePeer() throws {
        var generator = MessageGenerator(seed: 2026)
        var text: [UInt8] = []
        var count = 0
        for action in Action.allCases {
            for _ in 0..<12 {
                for frame in [
                    Frame.call(
                        id: String(count), action: action.rawValue, payload: generator.object(action.requestRule)),
                    .result(id: String(count), payload: generator.object(action.responseRule)),
                ] {
                    text += JSONFraming().encode(frame) + [UInt8(ascii: "\n")]
                    count += 1
                }
            }
        }
        // The one unit that the schema of StopTransaction has not (see SchemaComparisonTests).
        let frames = String(decoding: text, as: UTF8.self).replacing(#""unit":"Hertz""#, with: #""unit":"V""#)
        #expect(try answer(to: frames) == "checked \(count)\n")
    }

    private func answer(to frames: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ocpp-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appending(path: "frames")
        let output = folder.appending(path: "answer")
        try Data(frames.utf8).write(to: input)
        try Data().write(to: output)
        let process = Process()
        let venv = try #require(ProcessInfo.processInfo.environment["CHARGEHOST_VENV"])
        process.executableURL = URL(filePath: venv + "/bin/python3")
        process.arguments = [Self.script.path]
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = process.standardOutput
        try process.run()
        process.waitUntilExit()
        return try String(contentsOf: output, encoding: .utf8)
    }
}
