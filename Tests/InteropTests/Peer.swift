import Foundation
import Synchronization
import TestTools
import Testing

/// A program that a test talks to: its output line by line, its input, and its end.
final class Peer: Sendable {
    private struct Output {
        var lines: [String] = []
        var rest: [UInt8] = []
        var errors: [UInt8] = []
        var read: off_t = 0
        var readErrors: off_t = 0
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let process: Process
    private let input = Pipe()
    private let output = Mutex(Output())
    private let said: Captured
    private let complained: Captured

    /// Starts `program`; its errors are kept for failure messages.
    init(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        let process = Process()
        self.process = process
        said = try Captured()
        complained = try Captured()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.standardInput = input
        process.standardOutput = said.writing
        process.standardError = complained.writing
        try process.run()
        try? input.fileHandleForReading.close()
        said.isGiven()
        complained.isGiven()
    }

    deinit {
        finish()
        closeInput()
    }

    /// Ends it where a test did not, and waits until it is gone, so that what it used may go too.
    func finish() {
        guard process.isRunning else { return }
        kill(process.processIdentifier, SIGKILL)
        for _ in 0..<5000 where process.isRunning { usleep(1000) }
    }

    /// All lines so far.
    var lines: [String] { output.withLock { take(&$0).lines } }
    /// What it said on standard error.
    var errorText: String { output.withLock { String(decoding: take(&$0).errors, as: UTF8.self) } }

    /// Sends one line.
    func send(_ line: String) { try? input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8)) }

    /// Closes its input.
    func closeInput() { try? input.fileHandleForWriting.close() }

    /// The first line from `start` on for which `condition` holds; throws when the program ends first, or after a minute.
    @discardableResult
    func line(from start: Int = 0, where condition: @Sendable (String) -> Bool) async throws -> String {
        for _ in 0..<6000 {
            let isOver = !process.isRunning
            if let line = lines.dropFirst(start).first(where: condition) { return line }
            if isOver { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Failure(
            description: "the line never came; output:\n\(lines.joined(separator: "\n"))\nerrors:\n\(errorText)")
    }

    /// Waits for its end; throws after a minute.
    func end() async throws -> Int32 {
        for _ in 0..<6000 {
            if !process.isRunning {
                closeInput()
                return process.terminationStatus
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

    /// Reads what is new. A line counts when it is whole, or the program has ended.
    @discardableResult
    private func take(_ output: inout Output) -> Output {
        let isOver = !process.isRunning
        output.rest += said.read(from: &output.read)
        output.errors += complained.read(from: &output.readErrors)
        while let end = output.rest.firstIndex(of: UInt8(ascii: "\n")) {
            output.lines.append(String(decoding: output.rest[..<end], as: UTF8.self))
            output.rest.removeFirst(end + 1)
        }
        if isOver, !output.rest.isEmpty {
            output.lines.append(String(decoding: output.rest, as: UTF8.self))
            output.rest = []
        }
        return output
    }
}
