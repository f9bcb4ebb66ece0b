import Foundation
import Testing

/// A central system on the Python package ocpp, in a process of its own.
final class CentralSystem: Sendable {
    let peer: Peer
    let port: Int

    /// Starts one; on `port` where it is given, so that a site finds it again.
    init(port: Int = 0, _ arguments: [String] = []) async throws {
        peer = try Programs.python("ocpp_csms.py", ["--port", "\(port)"] + arguments)
        let line = try await peer.line { $0.hasPrefix("{\"port\"") }
        self.port = try #require(Int(line.filter(\.isNumber)))
    }

    /// Tells it what to do and waits for the answer.
    @discardableResult
    func order(_ order: String) async throws -> [String: Any] {
        let start = peer.lines.count
        let number = UInt32.random(in: 1...UInt32.max)
        peer.send("{\"number\": \(number), " + order.dropFirst())
        let line = try await peer.line(from: start) { $0.hasPrefix("{\"re\": {\"number\": \(number),") }
        return Self.object(line)
    }

    /// Makes a call to the charge point; the result's payload.
    func call(_ action: String, _ payload: String) async throws -> [String: Any] {
        let answer = try await order("{\"do\": \"call\", \"action\": \"\(action)\", \"p\": \(payload)}")
        if let error = answer["error"] { throw Peer.Failure(description: "\(action): \(error)") }
        return try #require(answer["is"] as? [String: Any])
    }

    /// How many calls of each action it has answered.
    func counts() async throws -> [String: Int] {
        try #require(try await order("{\"do\": \"count\"}")["is"] as? [String: Int])
    }

    /// Everything that came in as calls so far: the action and its payload.
    var received: [(action: String, payload: [String: Any])] {
        peer.lines.compactMap { line in
            guard line.hasPrefix("{\"ev\": \"in\"") else { return nil }
            let said = Self.object(line)
            return (said["action"] as? String ?? "?", said["p"] as? [String: Any] ?? [:])
        }
    }

    /// What came in of one action.
    func received(_ action: String) -> [[String: Any]] {
        received.filter { $0.action == action }.map(\.payload)
    }

    /// Waits until `count` calls of an action have come in, or until one meets the condition; the last of them.
    @discardableResult
    func wait(
        _ action: String, _ count: Int = 1, where isMeant: ([String: Any]) -> Bool = { _ in true }
    ) async throws -> [String: Any] {
        for _ in 0..<6000 {
            let found = received(action).filter(isMeant)
            if found.count >= count { return found[count - 1] }
            if !peer.process.isRunning { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Peer.Failure(
            description: "\(count) \(action) never came; received:\n"
                + peer.lines.joined(separator: "\n") + "\nerrors:\n\(peer.errorText)")
    }

    func kill() async throws { try await peer.stop(SIGKILL) }

    static func object(_ line: String) -> [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]) ?? [:]
    }
}
