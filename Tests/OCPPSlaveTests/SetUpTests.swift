import DriverAPI
import OCPP
import OCPPSlave
import Testing

@Suite struct SetUpTests {
    private func set(_ slave: TestSlave) async -> [String: String] {
        Dictionary(
            await slave.requests(ChangeConfigurationRequest.self).map { ($0.key, $0.value) },
            uniquingKeysWith: { $1 })
    }

    @Test func keysThatTheHostNeedsAreSetAfterTheBoot() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let slave = try await system.json("BOX7")
            try await slave.boot()
            try await eventually("it is set up") { await system.uplink.isReady.contains("BOX7") }
            let keys = await slave.keys
            #expect(keys["MeterValueSampleInterval"] == "9")
            #expect(keys["WebSocketPingInterval"] == "30")
            #expect(keys["HeartbeatInterval"] == "300")
            #expect(
                keys["MeterValuesSampledData"]
                    == "Energy.Active.Import.Register,Current.Import,Power.Active.Import,Current.Offered,Voltage,SoC")
            // A second boot finds everything as it should be.
            let changes = await slave.requests(ChangeConfigurationRequest.self).count
            try await slave.boot()
            try await eventually("it is set up again") {
                await system.uplink.isReady.filter { $0 == "BOX7" }.count == 2
            }
            #expect(await slave.requests(ChangeConfigurationRequest.self).count == changes)
        }
    }

    @Test func measurandsAreFoundOneByOne() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            var manners = TestSlave.Manners()
            manners.mostMeasurands = 2
            let slave = try await system.json("BOX7", manners)
            try await slave.boot()
            try await eventually("it is set up") { await system.uplink.isReady.contains("BOX7") }
            #expect(await slave.keys["MeterValuesSampledData"] == "Energy.Active.Import.Register,Current.Import")
        }
    }

    @Test func aSlaveThatDoesNotBootIsAskedTo() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let slave = try await system.json("BOX7")
            try await eventually("it is set up") { await system.uplink.isReady.contains("BOX7") }
            #expect(
                await slave.requests(TriggerMessageRequest.self).first
                    == TriggerMessageRequest(requestedMessage: .bootNotification))
            #expect(await system.hub.slaves().first?.boot?.chargePointModel == "Slave")
        }
    }

    @Test func aSlaveThatCannotBeTriggeredIsSetUpAllTheSame() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let device = try await system.device("ocpp://BOX7")
            var manners = TestSlave.Manners()
            manners.unknown = [.triggerMessage, .getConfiguration]
            let slave = try await system.json("BOX7", manners)
            try await eventually("it is online") { device.isOnline }
            #expect(await set(slave)["MeterValueSampleInterval"] == "9")
        }
    }

    @Test func statusAndMeterValuesAreAskedForWhereTheyDidNotCome() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let one = try await system.device("ocpp://BOX7")
            let two = try await system.device("ocpp://BOX7/2")
            let slave = try await system.json("BOX7")
            try await slave.boot()
            try await slave.status(1, .charging)
            try await eventually("both connectors have a state") {
                one.text("state") == "C" && two.text("state") == "A"
            }
            try await eventually("the values of both were asked for") {
                await slave.requests(TriggerMessageRequest.self)
                    .contains(TriggerMessageRequest(requestedMessage: .meterValues, connectorId: 2))
            }
            let triggers = await slave.requests(TriggerMessageRequest.self)
            #expect(!triggers.contains { $0.requestedMessage == .statusNotification && $0.connectorId == 1 })
        }
    }

    @Test func oneConnectorIsOneDevice() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let first = try await system.device("ocpp://BOX7/2")
            await #expect(throws: DriverError.self) { try await system.device("ocpp://BOX7/2") }
            await first.device.close(.leave)
            _ = try await system.device("ocpp://BOX7/2")
            for wrong in ["ocpp://BOX7/0", "ocpp://G%231", "ocpp://G%23x", "10.0.0.1:502"] {
                await #expect(throws: DriverError.self) { try await system.device(wrong) }
            }
            for options in [["phases": "4"], ["rated_current": "much"], ["min_current": "40 A"], ["colour": "red"]] {
                await #expect(throws: DriverError.self) { try await system.device("ocpp://BOX9", options) }
            }
        }
    }
}
