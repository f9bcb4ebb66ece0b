import Foundation
import Synchronization
import TestTools
import Testing

/// A file server in a process of its own, with a folder that is gone when the test is.
final class FileServer: Sendable {
    struct Failure: Error, CustomStringConvertible { let description: String }

    let folder: String
    let port: Int
    private let process: Process
    private let input = Pipe()
    private let lines: Lines

    /// What the server has said.
    private final class Lines: Sendable {
        private let said: Captured
        private let text = Mutex((bytes: [UInt8](), place: off_t(0)))

        init(_ said: Captured) { self.said = said }

        var all: [String] {
            text.withLock { text in
                text.bytes += said.read(from: &text.place)
                let whole = text.bytes[..<((text.bytes.lastIndex(of: 0x0A) ?? -1) + 1)]
                return String(decoding: whole, as: UTF8.self).split(separator: "\n").map(String.init)
            }
        }
    }

    /// Serves `http` or `ftp`; with a certificate HTTPS.
    init(_ kind: String, certificate: String? = nil, key: String? = nil) async throws {
        folder = NSTemporaryDirectory() + "chargehost-transfer-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder + "/files", withIntermediateDirectories: true)
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Peers/file_server.py").path
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-u", script, kind, folder + "/files"]
        if let certificate, let key { process.arguments? += ["--cert", certificate, "--key", key] }
        let output = try Captured()
        process.standardInput = input
        process.standardOutput = output.writing
        lines = Lines(output)
        try process.run()
        output.isGiven()
        for _ in 0..<3000 where lines.all.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        guard let first = lines.all.first, let port = Int(first.filter(\.isNumber)) else {
            throw Failure(description: "the file server never said its port")
        }
        self.port = port
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? input.fileHandleForWriting.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// What was asked for, in order.
    var requests: [[String: Any]] {
        lines.all.dropFirst().compactMap { line in
            try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        }
    }

    /// What was asked for, as soon as so many requests were told.
    func requests(_ count: Int) async throws -> [[String: Any]] {
        for _ in 0..<3000 where requests.count < count { try await Task.sleep(for: .milliseconds(10)) }
        return requests
    }

    /// Puts a file of so many bytes into the folder; no two of its halves are alike.
    func put(_ name: String, bytes: Int) throws -> [UInt8] {
        var seed: UInt32 = 7
        let content = (0..<bytes).map { _ -> UInt8 in
            seed = seed &* 1_664_525 &+ 1_013_904_223
            return UInt8(truncatingIfNeeded: seed >> 24)
        }
        try Data(content).write(to: URL(filePath: folder + "/files/" + name))
        return content
    }

    /// What is in a file beside the server's.
    func content(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: folder + "/" + name))) }
}
