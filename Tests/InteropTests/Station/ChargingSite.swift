import Foundation
import Testing

/// A host with two boxes whose registers the test changes, and its backend.
final class ChargingSite {
    let boxes: PowerBrains
    let site: RunningSite

    init(_ central: CentralSystem, more: String = "security_profile: 0") async throws {
        boxes = try await PowerBrains(2)
        site = try await RunningSite(
            """
            schema: site/1
            name: Charging
            supply: {limit: 63 A}
            devices:
              - {id: left, own: true, profile: cfos.power-brain, address: "127.0.0.1:\(boxes.ports[0])"}
              - {id: right, profile: cfos.power-brain, address: "127.0.0.1:\(boxes.ports[1])"}
            ocpp: {backend: {url: "ws://127.0.0.1:\(central.port)/ocpp", id: NORD-1, \(more)}}
            """)
    }

    /// Sets registers of a box: 8092 is the car's state (0 none, 1 plugged in, 2 charging), 8058 the energy in Wh.
    func set(_ box: Int, _ address: Int, _ word: Int) async throws { try await boxes.set(box, address, word) }

    func energy(_ box: Int, _ wattHours: Int) async throws { try await boxes.energy(box, wattHours) }

    /// Waits until a box may charge, or may not.
    func wait(_ box: Int, allowed: Bool) async throws { try await boxes.wait(box, allowed: allowed) }

    /// Waits for the limit of a box, in 0.1 A.
    func wait(_ box: Int, limit: Int) async throws { try await boxes.wait(box, limit: limit) }

    func isAllowed(_ box: Int) async throws -> Bool { try await boxes.isAllowed(box) }

    func end() async throws {
        try await site.host.stop()
        try await boxes.end()
    }
}
