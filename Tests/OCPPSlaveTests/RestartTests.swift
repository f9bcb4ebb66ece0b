import DriverAPI
import OCPP
import OCPPSlave
import Testing

@Suite struct RestartTests {
    @Test func aSlaveThatRestartsWithoutLosingItsConnectionIsSetUpAnew() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let device = try await system.device("ocpp://BOX7")
            let slave = try await system.json("BOX7")
            try await slave.boot()
            try await eventually("it is online") { device.isOnline }
            _ = try await device.device.apply(.charge(.current(10)))
            await slave.forget()
            #expect(await slave.limit() == 32)
            try await slave.boot()
            try await eventually("its order is there again") { await slave.limit() == 10 }
            // Meanwhile nobody knew what it followed.
            try await eventually("it was said") {
                device.all.contains { if case .link(.silent(_, "it restarted")) = $0 { true } else { false } }
            }
            try await eventually("it is online again") { device.isOnline }
        }
    }

    @Test func aSlaveThatReconnectsWithoutABootIsNotWaitedFor() async throws {
        var settings = CentralSystem.settings
        settings.bootPatience = .seconds(3600)
        try await CentralSystem.running(["BOX7": KnownSlave()], settings: settings) { system in
            let device = try await system.device("ocpp://BOX7")
            var manners = TestSlave.Manners()
            manners.unknown = [.triggerMessage]
            let slave = try await system.json("BOX7", manners)
            try await slave.status(1, .charging)
            try await eventually("it is online") { device.isOnline && device.text("state") == "C" }
        }
    }

    @Test func whatWasToldBeforeTheHostStartedIsToldAgain() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let device = try await system.device("ocpp://BOX7", ["rated_current": "16"], lastTold: 20)
            let slave = try await system.json("BOX7")
            try await slave.boot()
            try await eventually("it follows it, within what it is rated for") { await slave.limit() == 16 }
            try await eventually("it is online") { device.isOnline }
        }
    }

    @Test func ordersAreRenewedBeforeTheyRunOut() async throws {
        var settings = CentralSystem.settings
        settings.holdTime = 30
        try await CentralSystem.running(["BOX7": KnownSlave()], settings: settings) { system in
            let device = try await system.device("ocpp://BOX7")
            let slave = try await system.json("BOX7")
            try await slave.boot()
            try await eventually("it is online") { device.isOnline }
            _ = try await device.device.apply(.charge(.current(10)))
            func starts() async -> Set<Timestamp> {
                Set(
                    await slave.requests(SetChargingProfileRequest.self).map(\.csChargingProfiles)
                        .filter { $0.stackLevel == 5 }.compactMap(\.chargingSchedule.startSchedule))
            }
            let first = await starts()
            // One more comes when its fall-back was shown, the others because it is time.
            try await eventually("it is renewed") { await starts().count >= first.count + 3 }
            let moments = await starts().sorted()
            #expect(zip(moments, moments.dropFirst()).allSatisfy { $1.seconds - $0.seconds <= 20 })
            #expect(await slave.limit(after: 10) == 10)
        }
    }

    @Test func closingADeviceStopsItWhereThatIsAsked() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let device = try await system.device("ocpp://BOX7")
            let slave = try await system.json("BOX7")
            try await slave.boot()
            try await eventually("it is online") { device.isOnline }
            _ = try await device.device.apply(.charge(.current(10)))
            await device.device.close(.leave)
            #expect(await slave.limit() == 10)
            await #expect(throws: DriverError.closed) { try await device.device.apply(.charge(.current(6))) }
            let again = try await system.device("ocpp://BOX7")
            try await eventually("it is online") { again.isOnline }
            await again.device.close(.stop)
            #expect(await slave.limit() == 0)
        }
    }
}
