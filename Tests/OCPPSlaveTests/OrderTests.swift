import DriverAPI
import OCPP
import OCPPSlave
import Testing

@Suite struct OrderTests {
    private func running(
        _ manners: TestSlave.Manners = TestSlave.Manners(), options: [String: String] = [:],
        _ use: (CentralSystem, WatchedDevice, TestSlave) async throws -> Void
    ) async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let device = try await system.device("ocpp://BOX7", options)
            let slave = try await system.json("BOX7", manners)
            try await slave.boot()
            try await eventually("it is online") { device.isOnline }
            try await slave.status(1, .available)
            try await use(system, device, slave)
        }
    }

    @Test func aSlaveThatWasToldNothingFollowsItsFallback() async throws {
        try await running { _, _, slave in
            try await eventually("its default profile is there") { await slave.limit() == 0 }
            #expect(await slave.limit(2) == 32)
        }
    }

    @Test func anOrderIsFollowedAndReadBack() async throws {
        try await running { _, device, slave in
            let outcome = try await device.device.apply(.charge(.current(10)))
            #expect(outcome.told == 10)
            #expect(outcome.verified)
            #expect(outcome.frames.count == 1)
            #expect(await slave.limit() == 10)
            #expect(await slave.limit(2) == 32)
            try await eventually("its limit is read") { device.number("current_limit") == 10 }
            let off = try await device.device.apply(.charge(.off))
            #expect(off.told == 0)
            #expect(off.verified)
            #expect(await slave.limit() == 0)
            #expect(try await device.device.apply(.charge(.on)).told == 10)
        }
    }

    @Test func aRunningTransactionIsToldToo() async throws {
        try await running { _, device, slave in
            let id = try await slave.start()
            try await slave.status(1, .charging)
            let outcome = try await device.device.apply(.charge(.current(12)))
            #expect(outcome.verified)
            #expect(outcome.frames.count == 2)
            let orders = await slave.requests(SetChargingProfileRequest.self).map(\.csChargingProfiles)
            #expect(orders.suffix(2).map(\.chargingProfilePurpose) == [.txProfile, .txDefaultProfile])
            #expect(orders.suffix(2).first?.transactionId == id)
            #expect(await slave.limit() == 12)
            try await slave.stop()
            // The next car begins with the same limit.
            #expect(await slave.limit() == 12)
        }
    }

    @Test func theFallbackIsClaimedOnceItWasShown() async throws {
        try await running { _, device, slave in
            #expect(device.description?.charging?.watchdog == Watchdog.none)
            #expect(device.description?.charging?.failSafe == nil)
            _ = try await device.device.apply(.charge(.current(16)))
            try await eventually("it is shown") {
                device.description?.charging?.watchdog == .falls(to: 0, after: .seconds(120))
            }
            #expect(await slave.limit(after: 100) == 16)
            #expect(await slave.limit(after: 130) == 0)
            _ = try await device.device.apply(.set(point: "failsafe_current", value: .number(6)))
            try await eventually("it falls to 6 A") {
                device.description?.charging?.watchdog == .falls(to: 6, after: .seconds(120))
            }
            #expect(await slave.limit(after: 130) == 6)
            try await eventually("it shows so") { device.number("failsafe_current") == 6 }
            _ = try await device.device.apply(.charge(.off))
            #expect(await slave.limit() == 0)
            #expect(await slave.limit(after: 130) == 6)
        }
    }

    @Test func aSlaveThatKeepsToNoScheduleIsTakenToGoOnForEver() async throws {
        var manners = TestSlave.Manners()
        manners.keepsSchedules = false
        try await running(manners) { _, device, slave in
            _ = try await device.device.apply(.charge(.current(16)))
            try await eventually("the operator is told") {
                device.alarms.contains { $0.contains("does not fall to 0 A") }
            }
            #expect(device.description?.charging?.watchdog == Watchdog.none)
            // Nothing larger than what it is told may ever wait in its schedule.
            await #expect(throws: Never.self) {
                _ = try await device.device.apply(.set(point: "failsafe_current", value: .number(10)))
            }
            _ = try await device.device.apply(.charge(.current(8)))
            let last = await slave.requests(SetChargingProfileRequest.self).last?.csChargingProfiles
            #expect(last?.chargingSchedule.chargingSchedulePeriod.map(\.limit) == [8])
        }
    }

    @Test func withoutACompositeScheduleTheAnswerIsAllTheProof() async throws {
        var manners = TestSlave.Manners()
        manners.unknown = [.getCompositeSchedule]
        try await running(manners) { _, device, slave in
            let outcome = try await device.device.apply(.charge(.current(10)))
            #expect(!outcome.verified)
            #expect(await slave.limit() == 10)
            #expect(device.reading("current_limit") == nil)
            #expect(device.description?.charging?.watchdog == Watchdog.none)
        }
    }

    @Test func aScheduleThatHidesDefaultProfilesSaysNothingWithoutATransaction() async throws {
        var manners = TestSlave.Manners()
        manners.showsIdle = false
        try await running(manners) { _, device, slave in
            let idle = try await device.device.apply(.charge(.current(10)))
            #expect(!idle.verified)
            #expect(device.reading("current_limit")?.value == nil)
            try await slave.start()
            #expect(try await device.device.apply(.charge(.current(9))).verified)
            try await eventually("now its limit is read") { device.number("current_limit") == 9 }
        }
    }

    @Test func aSlaveThatFollowsMoreThanItSaidYesToIsFound() async throws {
        var manners = TestSlave.Manners()
        manners.ignoresProfiles = true
        try await running(manners) { _, device, slave in
            try await slave.start()
            await #expect(throws: DriverError.self) { try await device.device.apply(.charge(.current(10))) }
            #expect(device.number("current_limit") == 32)
        }
    }

    @Test func whatIsOfferedIsTheReadBackWhereThereIsNoSchedule() async throws {
        var manners = TestSlave.Manners()
        manners.unknown = [.getCompositeSchedule, .triggerMessage]
        try await running(manners) { _, device, slave in
            try await slave.start()
            try await slave.sample([SampledValue(value: "32", measurand: .currentOffered)])
            try await eventually("an offer is known") { device.number("current_offered") == 32 }
            let order = Task { try await device.device.apply(.charge(.current(10))) }
            try await eventually("the order came") { await slave.limit() == 10 }
            try await slave.sample([SampledValue(value: "10", measurand: .currentOffered)])
            #expect(try await order.value.verified)
            let refused = Task { try await device.device.apply(.charge(.current(8))) }
            try await eventually("the order came") { await slave.limit() == 8 }
            try await slave.sample([SampledValue(value: "10", measurand: .currentOffered)])
            await #expect(throws: DriverError.self) { try await refused.value }
        }
    }

    @Test func aSlaveThatRefusesZeroCannotBeStopped() async throws {
        var manners = TestSlave.Manners()
        manners.takesZero = false
        try await running(manners) { _, device, slave in
            #expect(device.description?.charging?.stoppable == false)
            #expect(await slave.limit() == 6)
            #expect(try await device.device.apply(.charge(.current(16))).verified)
            await #expect(throws: DriverError.self) { try await device.device.apply(.charge(.off)) }
            try await eventually("it falls to its minimum") {
                device.description?.charging?.watchdog == .falls(to: 6, after: .seconds(120))
            }
        }
    }

    @Test func limitsInWattsAreCountedOnThePhasesInUse() async throws {
        var manners = TestSlave.Manners()
        manners.keys["ChargingScheduleAllowedChargingRateUnit"] = "Power"
        try await running(manners) { _, device, slave in
            #expect(device.alarms.contains { $0.contains("limits in W only") })
            try await slave.start()
            #expect(try await device.device.apply(.charge(.current(10))).verified)
            var last = await slave.requests(SetChargingProfileRequest.self).last?.csChargingProfiles.chargingSchedule
            #expect(last?.chargingRateUnit == .watts)
            #expect(last?.chargingSchedulePeriod.first?.limit == 6900)
            try await slave.status(1, .charging)
            try await slave.sample([
                SampledValue(value: "30", measurand: .currentImport, phase: .l1),
                SampledValue(value: "0", measurand: .currentImport, phase: .l2),
                SampledValue(value: "0", measurand: .currentImport, phase: .l3),
            ])
            try await eventually("a car on one phase gets the watts of one") {
                last = await slave.requests(SetChargingProfileRequest.self).last?.csChargingProfiles.chargingSchedule
                return last?.chargingSchedulePeriod.first?.limit == 2300
            }
        }
    }

    @Test func onlyWhatItCanDoIsTaken() async throws {
        try await running(options: ["rated_current": "16 A"]) { _, device, slave in
            #expect(device.description?.charging?.maximum == 16)
            let wrong: [Command] = [
                .charge(.current(17)), .charge(.current(5)), .charge(.power(1000)), .wakeUp, .phases(.one), .lock(true),
                .set(point: "failsafe_timeout", value: .number(5)), .set(point: "x", value: .number(5)),
            ]
            for command in wrong {
                await #expect(throws: DriverError.self) { try await device.device.apply(command) }
            }
            // 7000 W / 690 V = 10.144… A
            let power = try await device.device.apply(.charge(.power(7000)))
            #expect(power.told == Exact(text: "10.1"))
            let unlocked = try await device.device.apply(.lock(false))
            #expect(unlocked.verified)
            #expect(await slave.requests(UnlockConnectorRequest.self).count == 1)
        }
    }

    @Test func aSlaveWithoutSmartChargingIsNotGoverned() async throws {
        var manners = TestSlave.Manners()
        manners.keys["SupportedFeatureProfiles"] = "Core"
        try await running(manners) { _, device, slave in
            #expect(device.description?.charging == nil)
            await #expect(throws: DriverError.self) { try await device.device.apply(.charge(.current(10))) }
            #expect(await slave.requests(SetChargingProfileRequest.self).isEmpty)
        }
    }

    @Test func ofTwoWaitingOrdersTheNewerCounts() async throws {
        try await running { _, device, slave in
            let orders = [16, 12, 8].map { amperes in
                Task { try await device.device.apply(.charge(.current(Exact(amperes)))).told }
            }
            var told: [Exact?] = []
            for order in orders { told.append(try? await order.value) }
            let last = await slave.requests(SetChargingProfileRequest.self).last?.csChargingProfiles
            let limit = last?.chargingSchedule.chargingSchedulePeriod.first?.limit
            #expect(told.contains { $0?.multiplied(by: 10)?.asInt == limit?.tenths })
        }
    }
}
