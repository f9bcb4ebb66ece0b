import Foundation
import Testing

/// A site with Modbus boxes at a backend that we did not write.
@Suite struct StationSiteTests {
    private static func status(_ connector: Int, _ status: String) -> ([String: Any]) -> Bool {
        { $0["connectorId"] as? Int == connector && $0["status"] as? String == status }
    }

    @Test(.timeLimit(.minutes(4))) func aBoxChargesWhenTheBackendStartsItAndObeysItsProfiles() async throws {
        let central = try await CentralSystem()
        let site = try await ChargingSite(central)
        try await central.wait("BootNotification")
        for connector in 0...2 {
            try await central.wait("StatusNotification", where: Self.status(connector, "Available"))
        }
        #expect(central.received.first?.action == "BootNotification")

        try await site.energy(0, 50_000)
        try await site.set(0, 8092, 1)
        try await central.wait("StatusNotification", where: Self.status(1, "Preparing"))
        try await site.wait(0, allowed: false)

        let started = try await central.call("RemoteStartTransaction", "{\"connectorId\": 1, \"idTag\": \"CARD1\"}")
        #expect(started["status"] as? String == "Accepted")
        let start = try await central.wait("StartTransaction")
        #expect(start["connectorId"] as? Int == 1 && start["idTag"] as? String == "CARD1")
        try await site.wait(0, allowed: true)
        try await site.set(0, 8092, 2)
        try await central.wait("StatusNotification", where: Self.status(1, "Charging"))

        let profile = """
            {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 1, "transactionId": 70001, "stackLevel": 0,
            "chargingProfilePurpose": "TxProfile", "chargingProfileKind": "Relative", "chargingSchedule":
            {"chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 8.0}]}}}
            """.replacing("\n", with: " ")
        let clock = ContinuousClock()
        let lowered = try await clock.measure {
            #expect(try await central.call("SetChargingProfile", profile)["status"] as? String == "Accepted")
            try await site.wait(0, limit: 80)
        }
        print("a profile lowered its box within \(lowered)")
        #expect(try await !site.isAllowed(1))

        try await site.energy(0, 52_000)
        let stopped = try await central.call("RemoteStopTransaction", "{\"transactionId\": 70001}")
        #expect(stopped["status"] as? String == "Accepted")
        let stop = try await central.wait("StopTransaction")
        #expect(stop["reason"] as? String == "Remote" && stop["transactionId"] as? Int == 70001)
        try await site.wait(0, allowed: false)
        try await site.set(0, 8092, 1)
        try await central.wait("StatusNotification", where: Self.status(1, "Finishing"))
        try await site.set(0, 8092, 0)
        try await central.wait("StatusNotification", 2, where: Self.status(1, "Available"))
        try await site.end()
    }

    @Test(.timeLimit(.minutes(4))) func whatHappenedOfflineIsDeliveredAfterwardsAlsoByAHostThatWasKilled() async throws
    {
        let central = try await CentralSystem()
        let site = try await ChargingSite(central)
        try await central.wait("StatusNotification", where: Self.status(2, "Available"))
        let changed = try await central.call("ChangeConfiguration", "{\"key\": \"FreeCharging\", \"value\": \"true\"}")
        #expect(changed["status"] as? String == "Accepted")
        try await central.kill()

        try await site.energy(1, 7000)
        try await site.set(1, 8092, 1)
        try await site.wait(1, allowed: true)
        try await site.set(1, 8092, 2)
        try await site.site.kill()
        try site.site.start()
        try await site.wait(1, allowed: true)
        try await site.set(1, 8092, 0)
        try await site.wait(1, allowed: false)

        let later = try await CentralSystem(port: central.port)
        let start = try await later.wait("StartTransaction")
        let stop = try await later.wait("StopTransaction")
        #expect(start["connectorId"] as? Int == 2 && start["meterStart"] as? Int == 7000)
        #expect(stop["reason"] as? String == "EVDisconnected" && stop["transactionId"] as? Int == 70001)
        let order = later.received.map(\.action).filter {
            $0 != "StatusNotification" && $0 != "SecurityEventNotification"
        }
        #expect(order.first == "BootNotification")
        #expect(order.filter { $0.hasSuffix("Transaction") } == ["StartTransaction", "StopTransaction"])
        try await site.end()
    }
}
