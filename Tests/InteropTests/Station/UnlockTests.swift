import Foundation
import Testing

/// UnlockConnector of a backend that we did not write.
@Suite struct UnlockTests {
    @Test(.timeLimit(.minutes(3))) func aBoxWithALockIsUnlockedAndOneWithoutSaysSo() async throws {
        let central = try await CentralSystem()
        let boxes = try await SimulatedBoxes(profiles: ["abb.terra-ac@waiting", "cfos.power-brain@charging"])
        let site = try await RunningSite(
            """
            schema: site/1
            name: Locks
            supply: {limit: 63 A}
            devices:
              - {id: left, own: true, profile: abb.terra-ac, address: "127.0.0.1:\(boxes.ports[0])", unattended: accepted}
              - {id: right, profile: cfos.power-brain, address: "127.0.0.1:\(boxes.ports[1])"}
            ocpp: {backend: {url: "ws://127.0.0.1:\(central.port)/ocpp", id: NORD-1, security_profile: 0}}
            """)
        try await central.wait("StatusNotification") {
            $0["connectorId"] as? Int == 1 && $0["status"] as? String == "Preparing"
        }
        let unlocked = try await central.call("UnlockConnector", "{\"connectorId\": 1}")
        #expect(unlocked["status"] as? String == "Unlocked")
        let fixed = try await central.call("UnlockConnector", "{\"connectorId\": 2}")
        #expect(fixed["status"] as? String == "NotSupported")
        // A box that cannot be reached unlocks nothing.
        try await boxes.peer.stop(SIGKILL)
        try await central.wait("StatusNotification") {
            $0["connectorId"] as? Int == 1 && $0["status"] as? String == "Unavailable"
        }
        let gone = try await central.call("UnlockConnector", "{\"connectorId\": 1}")
        #expect(gone["status"] as? String == "UnlockFailed")
        #expect(try await site.host.stop() == 0)
    }
}
