import Foundation
import Testing

/// A chargehost below a chargehost, in both framings, and a backend that we did not write above them.
@Suite struct ChargehostSlaveTests {
    private static func status(_ connector: Int, _ status: String) -> ([String: Any]) -> Bool {
        { $0["connectorId"] as? Int == connector && $0["status"] as? String == status }
    }

    private static func profile(_ connector: Int, transaction: Int, amperes: Double) -> String {
        """
        {"connectorId": \(connector), "csChargingProfiles": {"chargingProfileId": \(connector), "transactionId":
        \(transaction), "stackLevel": 0, "chargingProfilePurpose": "TxProfile", "chargingProfileKind": "Relative",
        "chargingSchedule": {"chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit":
        \(amperes)}]}}}
        """.replacing("\n", with: " ")
    }

    @Test(.timeLimit(.minutes(6)), arguments: [("ws", 2), ("tcp", 3)])
    func aSlaveChargesAsItsMasterAndItsBackendSay(_ scheme: String, _ connector: Int) async throws {
        let central = try await CentralSystem()
        let boxes = try await PowerBrains(1)
        let id = "GARAGE#00\(connector)"
        let master = try await RunningSite(
            """
            schema: site/1
            name: Above
            role: master
            supply: {limit: 63 A}
            devices:
              - {id: yard, address: "ocpp://GARAGE%2300\(connector)", options: {rated_current: 16 A}}
            ocpp:
              backend: {url: "ws://127.0.0.1:\(central.port)/ocpp", id: NORD-1, security_profile: 0}
              slaves: {json: "127.0.0.1:0", security_profile: 0}
            """.replacing("json:", with: scheme == "ws" ? "json:" : "binary:"))
        let port = try await master.port("slaves connect at")
        let slave = try await SlaveHost("\(scheme)://127.0.0.1:\(port)", id: id, box: boxes.ports[0])
        try await central.wait("StatusNotification", where: Self.status(connector, "Available"))

        try await boxes.energy(0, 4000)
        try await boxes.set(0, 8092, 1)
        try await central.wait("StatusNotification", where: Self.status(connector, "Preparing"))
        try await boxes.wait(0, allowed: false)
        let started = try await central.call(
            "RemoteStartTransaction", "{\"connectorId\": \(connector), \"idTag\": \"CARD\"}")
        #expect(started["status"] as? String == "Accepted")
        let start = try await central.wait("StartTransaction")
        #expect(start["connectorId"] as? Int == connector && start["meterStart"] as? Int == 4000)
        try await boxes.wait(0, allowed: true)
        try await boxes.set(0, 8092, 2)
        try await central.wait("StatusNotification", where: Self.status(connector, "Charging"))
        // 16 A is what the master may give it; its backend then allows 9 A.
        try await boxes.wait(0, limit: 160)
        let limit = Self.profile(connector, transaction: 70001, amperes: 9)
        #expect(try await central.call("SetChargingProfile", limit)["status"] as? String == "Accepted")
        try await boxes.wait(0, limit: 90)

        try await boxes.energy(0, 5500)
        let stopped = try await central.call("RemoteStopTransaction", "{\"transactionId\": 70001}")
        #expect(stopped["status"] as? String == "Accepted")
        let stop = try await central.wait("StopTransaction")
        // What the box showed last, some seconds ago at most.
        let meter = try #require(stop["meterStop"] as? Int)
        #expect(stop["transactionId"] as? Int == 70001 && [4000, 5500].contains(meter))
        #expect(stop["reason"] as? String == "Remote")
        try await boxes.wait(0, allowed: false)

        // The slave dies and comes back; its connector shows it.
        try await slave.site.kill()
        try await central.wait("StatusNotification", where: Self.status(connector, "Unavailable"))
        try await boxes.set(0, 8092, 0)
        try slave.site.start()
        try await central.wait("StatusNotification", 2, where: Self.status(connector, "Available"))
        #expect(try await slave.site.host.stop() == 0)
        #expect(try await master.host.stop() == 0)
        try await boxes.end()
    }
}
