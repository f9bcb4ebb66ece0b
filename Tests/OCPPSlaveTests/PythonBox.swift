import Foundation
import Synchronization
import Testing

/// A charge point of the Python package `ocpp`, in a process of its own.
final class PythonBox: Sendable {
    static let venv = ProcessInfo.processInfo.environment["CHARGEHOST_VENV"]

    private let process: Process
    private let input = Pipe()
    private let output = Mutex((lines: [String](), rest: ""))

    init(_ url: String, _ id: String, key: String = "", authority: String? = nil) throws {
        let process = Process()
        self.process = process
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "InteropTests/Peers/ocpp_charge_point.py").path
        process.executableURL = URL(filePath: try #require(Self.venv) + "/bin/python3")
        process.arguments = ["-u", script, url, id, key] + (authority.map { [$0] } ?? [])
        let out = Pipe()
        process.standardInput = input
        process.standardOutput = out
        process.standardError = FileHandle.nullDevice
        out.fileHandleForReading.readabilityHandler = { [weak self] handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            self?.output.withLock { output in
                output.rest += String(decoding: data, as: UTF8.self)
                var parts = output.rest.components(separatedBy: "\n")
                output.rest = parts.removeLast()
                output.lines += parts
            }
        }
        try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    var lines: [String] { output.withLock(\.lines) }

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
