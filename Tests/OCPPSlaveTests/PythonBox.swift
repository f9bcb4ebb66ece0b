import Foundation
import Testing

/// A charge point of the Python package `ocpp`, in a process of its own.
final class PythonBox: Sendable {
    static let venv = ProcessInfo.processInfo.environment["CHARGEHOST_VENV"]

    private let process: Process
    private let input = Pipe()
    /// What it says goes into a file: nothing has to watch a descriptor that may be closed.
    private let output: URL

    init(_ url: String, _ id: String, key: String = "", authority: String? = nil) throws {
        let process = Process()
        self.process = process
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "InteropTests/Peers/ocpp_charge_point.py").path
        process.executableURL = URL(filePath: try #require(Self.venv) + "/bin/python3")
        process.arguments = ["-u", script, url, id, key] + (authority.map { [$0] } ?? [])
        output = FileManager.default.temporaryDirectory.appending(path: "ocpp-box-" + UUID().uuidString)
        try Data().write(to: output)
        process.standardInput = input
        let writing = try FileHandle(forWritingTo: output)
        process.standardOutput = writing
        process.standardError = FileHandle.nullDevice
        try process.run()
        try? writing.close()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? input.fileHandleForWriting.close()
        try? FileManager.default.removeItem(at: output)
    }

    /// The whole lines it said.
    var lines: [String] {
        let text = (try? String(contentsOf: output, encoding: .utf8)) ?? ""
        return text.components(separatedBy: "\n").dropLast()
    }

    /// Tells it something and waits for the line it answers with.
    func ask(_ order: String, _ answer: String) async throws -> String {
        let start = lines.count
        input.fileHandleForWriting.write(Data((order + "\n").utf8))
        var found: String?
        try await eventually("\(order) is answered with \(answer)") {
            found = lines.dropFirst(start).first { $0.hasPrefix("{\"\(answer)\"") }
            return found != nil
        }
        return try #require(found)
    }

    func stop() async throws {
        kill(process.processIdentifier, SIGKILL)
        try await eventually("it ended") { !process.isRunning }
    }
}
