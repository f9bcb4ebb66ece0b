import Foundation
import Glibc

/// The program `queueworker` in a process of its own, told and asked by lines.
final class QueueWorkerProcess {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var pending: [UInt8] = []

    /// Beside the tests' own program.
    static var program: String {
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let candidates = [
            URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(), own.deletingLastPathComponent(),
            Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent(),
        ]
        let found = candidates.map { $0.appendingPathComponent("queueworker").path }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        return found ?? "queueworker"
    }

    init(database: String) throws {
        process.executableURL = URL(fileURLWithPath: QueueWorkerProcess.program)
        process.arguments = [database]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    deinit {
        kill()
        process.waitUntilExit()
        try? input.fileHandleForWriting.close()
        try? output.fileHandleForReading.close()
    }

    func kill() {
        if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) }
    }

    /// Ends it after some microseconds, whatever it is doing then.
    func kill(after microseconds: UInt32) {
        let pid = process.processIdentifier
        let process = UncheckedProcess(process)
        Thread.detachNewThread {
            usleep(microseconds)
            if process.value.isRunning { Glibc.kill(pid, SIGKILL) }
        }
    }

    /// The answer to a command; nil when it was killed before it answered.
    func ask(_ command: String) -> String? {
        let bytes = Array((command + "\n").utf8)
        let written = bytes.withUnsafeBytes { buffer in
            write(input.fileHandleForWriting.fileDescriptor, buffer.baseAddress, buffer.count)
        }
        guard written == bytes.count else { return nil }
        while true {
            if let end = pending.firstIndex(of: 0x0A) {
                defer { pending.removeFirst(end + 1) }
                return String(decoding: pending[..<end], as: UTF8.self)
            }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(output.fileHandleForReading.fileDescriptor, &buffer, buffer.count)
            guard count > 0 else { return nil }
            pending += buffer[..<count]
        }
    }
}

/// `@unchecked Sendable`: only `isRunning` is asked on the other thread, which Foundation guards by its own lock.
private struct UncheckedProcess: @unchecked Sendable {
    let value: Process
    init(_ value: Process) { self.value = value }
}
