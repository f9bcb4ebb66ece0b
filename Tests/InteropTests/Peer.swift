import Foundation
import Synchronization
import Testing

/// A program that a test talks to: its output line by line, its input, and its end.
final class Peer: Sendable {
    private struct Output {
        var lines: [String] = []
        var rest = ""
        var ended = false
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let process: Process
    private let input = Pipe()
    private let output = Mutex(Output())
    private let errors = Mutex("")

    /// Starts `program`; its errors are kept for failure messages.
    init(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        let process = Process()
        self.process = process
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        let out = Pipe()
        let err = Pipe()
        process.standardInput = input
        process.standardOutput = out
        process.standardError = err
        out.fileHandleForReading.readabilityHandler = { [weak self] handle in self?.take(handle.availableData, handle) }
        err.fileHandleForReading.readabilityHandler = { [weak self] handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            self?.errors.withLock { $0 += String(decoding: data, as: UTF8.self) }
        }
        try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// All lines so far.
    var lines: [String] { output.withLock(\.lines) }
    /// What it said on standard error.
    var errorText: String { errors.withLock { $0 } }

    /// Sends one line.
    func send(_ line: String) { input.fileHandleForWriting.write(Data((line + "\n").utf8)) }

    /// Closes its input.
    func closeInput() { try? input.fileHandleForWriting.close() }

    /// The first line from `start` on for which `condition` holds; throws when the program ends first, or after a minute.
    @discardableResult
    func line(from start: Int = 0, where condition: @Sendable (String) -> Bool) async throws -> String {
        for _ in 0..<6000 {
            let (lines, ended) = output.withLock { ($0.lines, $0.ended) }
            if let line = lines.dropFirst(start).first(where: condition) { return line }
            if ended { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Failure(
            description: "the line never came; output:\n\(lines.joined(separator: "\n"))\nerrors:\n\(errorText)")
    }

    /// Waits for its end; throws after a minute. Its output is waited for a second longer: another peer that was started
    /// meanwhile may hold the pipe open.
    func end() async throws -> Int32 {
        var since = 0
        for _ in 0..<6000 {
            if !process.isRunning {
                since += 1
                if output.withLock(\.ended) || since > 100 { return process.terminationStatus }
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Failure(description: "it never ended; output:\n\(lines.joined(separator: "\n"))\nerrors:\n\(errorText)")
    }

    /// Asks it to stop and waits for its end.
    @discardableResult
    func stop(_ signal: Int32 = SIGTERM) async throws -> Int32 {
        if process.isRunning { kill(process.processIdentifier, signal) }
        return try await end()
    }

    private func take(_ data: Data, _ handle: FileHandle) {
        output.withLock { output in
            if data.isEmpty {
                output.ended = true
                handle.readabilityHandler = nil
                return
            }
            output.rest += String(decoding: data, as: UTF8.self)
            var parts = output.rest.components(separatedBy: "\n")
            output.rest = parts.removeLast()
            output.lines += parts
        }
    }
}
