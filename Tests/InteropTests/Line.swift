import Foundation
import Testing

/// A server we did not write, at the other end of a connection.
struct Line {
    let peer: Peer
    /// The TCP port; 0 on a serial line.
    let port: Int
    /// The path of our end of the serial line.
    let path: String
    private let cable: Peer?
    private let folder: Folder?

    /// Serves `registers` on a free TCP port, to one client at a time where `singleClient`.
    static func tcp(_ registers: String, singleClient: Bool = false) async throws -> Line {
        let peer = try Programs.python("modbus_server.py", [singleClient ? "single" : "tcp", "0"])
        peer.send(registers)
        let port = try await peer.line { $0.hasPrefix("port ") }
        try await peer.line { $0 == "ready" }
        return Line(peer: peer, port: Int(port.dropFirst(5)) ?? 0, path: "", cable: nil, folder: nil)
    }

    /// Serves `registers` on one end of a pair of pseudo-terminals.
    static func serial(_ registers: String, baud: Int, parity: String) async throws -> Line {
        let (cable, folder) = try await pair()
        let peer = try Programs.python("modbus_server.py", ["rtu", folder.path + "/theirs", "\(baud)", parity])
        peer.send(registers)
        try await peer.line { $0 == "ready" }
        return Line(peer: peer, port: 0, path: folder.path + "/ours", cable: cable, folder: folder)
    }

    /// Two pseudo-terminals that socat joins, `ours` and `theirs`.
    static func pair() async throws -> (Peer, Folder) {
        let folder = try Folder()
        let cable = try Peer(
            "/usr/bin/socat",
            ["pty,raw,echo=0,link=\(folder.path)/ours", "pty,raw,echo=0,link=\(folder.path)/theirs"])
        for _ in 0..<3000 {
            let ends = ["/ours", "/theirs"].map { FileManager.default.fileExists(atPath: folder.path + $0) }
            if ends == [true, true] { return (cable, folder) }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Peer.Failure(description: "socat made no line: \(cable.errorText)")
    }
}

/// A temporary folder that goes with its owner.
final class Folder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("chargehost-" + UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension Peer {
    /// The write requests a Python server received, in hexadecimal, without `head` leading bytes and, on a line, the
    /// checksum.
    func writes(from head: Int) -> [String] {
        lines.compactMap { line -> String? in
            guard line.hasPrefix("< ") else { return nil }
            let frame = line.dropFirst(2 + 2 * head)
            let bare = head == 0 ? frame.dropLast(4) : frame
            let function = bare.dropFirst(2).prefix(2)
            return ["05", "06", "0F", "10"].contains(function) ? String(bare) : nil
        }
    }
}
