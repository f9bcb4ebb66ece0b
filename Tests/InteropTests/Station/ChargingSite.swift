import Foundation
import Testing

/// A host with two boxes whose registers the test changes, and its backend.
final class ChargingSite {
    let boxes: Peer
    let ports: [Int]
    let site: RunningSite
    private let masters: [ModbusMaster]

    init(_ central: CentralSystem, more: String = "security_profile: 0") async throws {
        boxes = try Programs.python("power_brain.py", ["2"])
        try await boxes.line { $0 == "ready" }
        ports = boxes.lines.compactMap { $0.hasPrefix("port ") ? Int($0.dropFirst(5)) : nil }
        site = try await RunningSite(
            """
            schema: site/1
            name: Charging
            supply: {limit: 63 A}
            devices:
              - {id: left, own: true, profile: cfos.power-brain, address: "127.0.0.1:\(ports[0])"}
              - {id: right, profile: cfos.power-brain, address: "127.0.0.1:\(ports[1])"}
            ocpp: {backend: {url: "ws://127.0.0.1:\(central.port)/ocpp", id: NORD-1, \(more)}}
            """)
        masters = try ports.map { try ModbusMaster.tcp($0) }
    }

    /// Sets registers of a box: 8092 is the car's state (0 none, 1 plugged in, 2 charging), 8058 the energy in Wh.
    func set(_ box: Int, _ address: Int, _ words: Int...) async throws {
        let order = "\(box) \(address) \(words.map(String.init).joined(separator: " "))"
        let start = boxes.lines.count
        boxes.send(order)
        try await boxes.line(from: start) { $0 == "done \(order)" }
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

    func end() async throws {
        try await site.host.stop()
        for master in masters { try await master.end() }
        try await boxes.stop(SIGKILL)
    }
}
