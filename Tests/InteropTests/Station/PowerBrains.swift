import Foundation
import Testing

/// Boxes whose registers a test changes, in a process of their own.
final class PowerBrains {
    let peer: Peer
    let ports: [Int]
    private let masters: [ModbusMaster]

    init(_ count: Int) async throws {
        peer = try Programs.python("power_brain.py", ["\(count)"])
        try await peer.line { $0 == "ready" }
        ports = peer.lines.compactMap { $0.hasPrefix("port ") ? Int($0.dropFirst(5)) : nil }
        masters = try ports.map { try ModbusMaster.tcp($0) }
    }

    /// Sets registers of a box: 8092 is the car's state (0 none, 1 plugged in, 2 charging), 8058 the energy in Wh.
    func set(_ box: Int, _ address: Int, _ words: Int...) async throws {
        let order = "\(box) \(address) \(words.map(String.init).joined(separator: " "))"
        let start = peer.lines.count
        peer.send(order)
        try await peer.line(from: start) { $0 == "done \(order)" }
    }

    func energy(_ box: Int, _ wattHours: Int) async throws {
        try await set(box, 8058, 0, 0, wattHours >> 16, wattHours & 0xFFFF)
    }

    /// Waits until a box may charge, or may not.
    func wait(_ box: Int, allowed: Bool) async throws {
        _ = try await masters[box].wait(8094) { $0 == [allowed ? 1 : 0] }
    }

    /// Waits for the limit of a box, in 0.1 A.
    func wait(_ box: Int, limit: Int) async throws { _ = try await masters[box].wait(8093, 2) { $0 == [limit, 1] } }

    func isAllowed(_ box: Int) async throws -> Bool { try await masters[box].read(8094).words == [1] }

    /// The limit in 0.1 A and whether it may charge.
    func order(_ box: Int) async throws -> [Int] { try #require(try await masters[box].read(8093, 2).words) }

    /// Ends the boxes alone.
    @discardableResult
    func stop(_ signal: Int32 = SIGTERM) async throws -> Int32 { try await peer.stop(signal) }

    func end() async throws {
        for master in masters { try await master.end() }
        try await peer.stop(SIGKILL)
    }
}
