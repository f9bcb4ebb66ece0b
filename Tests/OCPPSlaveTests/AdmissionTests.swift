import Network
import OCPP
import OCPPSlave
import Testing

@Suite struct AdmissionTests {
    @Test func aKnownSlaveBootsAndLearnsTheTime() async throws {
        try await CentralSystem.running(["GARAGE#002": KnownSlave()]) { system in
            let slave = try await system.json("GARAGE#002")
            let answer = try await slave.boot()
            #expect(answer.status == .accepted)
            #expect(answer.interval == 300)
            #expect(abs(answer.currentTime.seconds - CentralSystem.wallTime.seconds) < 20)
            let beat = try await slave.call(HeartbeatRequest())
            #expect(abs(beat.currentTime.seconds - CentralSystem.wallTime.seconds) < 20)
            let summary = await system.hub.slaves()
            #expect(summary.map(\.id.description) == ["GARAGE#002"])
            #expect(summary.first?.transport == .json)
        }
    }

    @Test func strangersAreTurnedAwayAndToldOnce() async throws {
        try await CentralSystem.running { system in
            for _ in 0..<3 {
                await #expect(throws: ConnectError.self) { try await system.json("NOBODY") }
            }
            #expect(system.log.filter { $0.contains("NOBODY is not known") }.count == 1)
            #expect(await system.uplink.events(of: "NOBODY").count == 1)
            #expect(await system.hub.slaves().isEmpty)
        }
    }

    @Test(arguments: ["GARAGE#0", "GARAGE#1", "GARAGE#zwei"])
    func aWrongSuffixIsRefusedThoughTheIdIsKnown(_ id: String) async throws {
        try await CentralSystem.running([id: KnownSlave()]) { system in
            await #expect(throws: ConnectError.self) { try await system.json(id) }
            #expect(system.log.contains { $0.contains(id) })
            await #expect(throws: CentralSystem.Turned.self) { try await system.binary(id) }
        }
    }

    @Test func theSecondSlaveOfAConnectorIsRefused() async throws {
        try await CentralSystem.running(["GARAGE#002": KnownSlave(), "YARD#2": KnownSlave()]) { system in
            let first = try await system.json("GARAGE#002")
            try await first.boot()
            await #expect(throws: ConnectError.self) { try await system.json("YARD#2") }
            #expect(system.log.contains { $0.contains("another slave is connector 2") })
            _ = try await first.call(HeartbeatRequest())
        }
    }

    @Test func pairingRemembersAndHoldsNewSlavesPending() async throws {
        var settings = CentralSystem.settings
        settings.isPairingOpen = true
        try await CentralSystem.running(settings: settings) { system in
            let slave = try await system.json("NEW")
            #expect(try await slave.boot().status == .pending)
            #expect(await system.uplink.remembered == ["NEW"])
            await #expect(throws: TestSlave.Failure.self) { try await slave.start() }
            #expect(await system.uplink.starts.isEmpty)
            // Its keys are read, but nothing is set before somebody has configured it.
            try await eventually("its keys are read") { await !slave.requests(GetConfigurationRequest.self).isEmpty }
            #expect(await slave.requests(ChangeConfigurationRequest.self).isEmpty)
            await system.uplink.set("NEW", KnownSlave())
            let device = try await system.device("ocpp://NEW")
            try await eventually("it boots again, for it is configured now") { device.isOnline }
            try await eventually("the site is told") { await system.uplink.isReady == ["NEW"] }
        }
    }

    @Test func onlyTheRightSubprotocolReachesTheCentralSystem() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            for offer in [["ocpp0.1"], ["ocpp2.0.1", "ocpp1.5"], []] {
                await #expect(throws: ConnectError.self) { try await system.json("BOX7", subprotocols: offer) }
            }
            #expect(await system.hub.slaves().isEmpty)
            let slave = try await system.json("BOX7", subprotocols: ["ocpp0.1", "ocpp1.6"])
            #expect(try await slave.boot().status == .accepted)
        }
    }

    @Test func aSlaveWithAKeyMustProveIt() async throws {
        let key = Array("0123456789abcdef".utf8)
        try await CentralSystem.running(["BOX7": KnownSlave(key: key)]) { system in
            for wrong in ["0123456789abcdeg", "", nil] {
                await #expect(throws: ConnectError.self) { try await system.json("BOX7", key: wrong) }
            }
            let json = try await system.json("BOX7", key: "0123456789abcdef")
            #expect(try await json.boot().status == .accepted)
            await #expect(throws: CentralSystem.Turned.self) { try await system.binary("BOX7") }
            await #expect(throws: CentralSystem.Turned.self) {
                try await system.binary("BOX7", key: Array("0123456789abcdeg".utf8))
            }
            let binary = try await system.binary("BOX7", key: key)
            #expect(try await binary.boot().status == .accepted)
        }
    }

    @Test func aSecurityProfileWantsAKeyOfEverybody() async throws {
        var settings = CentralSystem.settings
        settings.securityProfile = 1
        try await CentralSystem.running(["BOX7": KnownSlave()], settings: settings) { system in
            await #expect(throws: ConnectError.self) { try await system.json("BOX7") }
            await #expect(throws: CentralSystem.Turned.self) { try await system.binary("BOX7") }
        }
    }

    @Test func whoProvesNothingIsNotRememberedEither() async throws {
        var settings = CentralSystem.settings
        settings.securityProfile = 1
        settings.isPairingOpen = true
        try await CentralSystem.running(settings: settings) { system in
            await #expect(throws: ConnectError.self) { try await system.json("NEW") }
            await #expect(throws: CentralSystem.Turned.self) { try await system.binary("NEW") }
            #expect(await system.uplink.remembered.isEmpty)
        }
    }

    @Test func aHelloOfAnotherConnectionIsNoProof() async throws {
        let key = Array("secret".utf8)
        try await CentralSystem.running(["BOX7": KnownSlave(key: key)]) { system in
            let first = try await BinaryLine(system.loop, system.binaryPort)
            let hello = BinaryHello(chargePointId: "BOX7", challenge: try await first.challenge(), key: key)
            try first.send(.hello(hello))
            guard case .welcome? = try await first.message() else {
                Issue.record("the right hello was refused")
                return
            }
            let second = try await BinaryLine(system.loop, system.binaryPort)
            _ = try await second.challenge()
            try second.send(.hello(hello))
            guard case .refusal(let reason)? = try await second.message() else {
                Issue.record("a replayed hello was taken")
                return
            }
            #expect(reason.contains("does not prove"))
            #expect(await second.frame() == nil)
        }
    }

    @Test func withoutAKeyALoopbackSlaveIsTakenWithAWarning() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let slave = try await system.binary("BOX7")
            #expect(try await slave.boot().status == .accepted)
            #expect(system.log.contains { $0.hasPrefix("warning") && $0.contains("without a key") })
            try await eventually("it is set up") { await system.uplink.isReady.contains("BOX7") }
            #expect(await system.hub.slaves().first?.transport == .binary)
            // Nobody pings on a plain stream.
            #expect(
                await !slave.requests(ChangeConfigurationRequest.self).contains { $0.key == "WebSocketPingInterval" })
        }
    }

    @Test func theNewerOfTwoConnectionsWins() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let old = try await system.json("BOX7")
            try await old.boot()
            await system.uplink.hold()
            let start = Task { try await old.start(tag: "OLD") }
            try await eventually("its start waits for the disk") {
                await system.hub.slaves().first?.transport == .json
            }
            let new = try await system.json("BOX7")
            try await eventually("the old one is closed") { await old.isClosed }
            await system.uplink.letGo()
            await #expect(throws: TestSlave.Failure.self) { try await start.value }
            try await new.boot()
            let id = try await new.start(tag: "NEW")
            #expect(await system.uplink.starts.contains { $0.id == id && $0.request.idTag == "NEW" })
            #expect(
                try await system.hub.call(ResetRequest(type: .soft), of: #require(ChargePointID("BOX7"))).status
                    == .accepted)
            #expect(await old.requests(ResetRequest.self).isEmpty)
            #expect(await new.requests(ResetRequest.self).count == 1)
        }
    }
}
