import DriverAPI
import OCPP
import OCPPSlave
import Testing

@Suite struct TransactionTests {
    @Test func nothingIsAnsweredBeforeItIsOnTheDisk() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            await system.uplink.set(tag: "CARD", .accepted)
            let slave = try await system.json("BOX7")
            try await slave.boot()
            await system.uplink.hold()
            let start = Task { try await slave.start() }
            // Our own calls are answered while its call waits.
            let id = try #require(ChargePointID("BOX7"))
            #expect(try await system.hub.call(UnlockConnectorRequest(connectorId: 1), of: id).status == .unlocked)
            try await Task.sleep(for: .milliseconds(200))
            #expect(await slave.running.isEmpty)
            await system.uplink.letGo()
            #expect(try await start.value == 70)
            #expect(await system.uplink.starts.count == 1)
        }
    }

    @Test func aDiskThatFailsIsAnErrorAndTheRepeatGetsOneId() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let slave = try await system.json("BOX7")
            try await slave.boot()
            let at = CentralSystem.wallTime
            await system.uplink.fail("the disk is full")
            do {
                try await slave.start(at: at)
                Issue.record("a start was acknowledged that is nowhere")
            } catch let failure as TestSlave.Failure {
                guard case .refused(let error) = failure.outcome else {
                    Issue.record("\(failure)")
                    return
                }
                #expect(error.code == .internalError)
                #expect(error.description == "the disk is full")
            }
            await system.uplink.fail(nil)
            let first = try await slave.start(at: at)
            #expect(try await slave.start(at: at) == first)
            #expect(await system.uplink.starts.count == 1)
            await system.uplink.fail("the disk is full")
            await #expect(throws: TestSlave.Failure.self) { try await slave.stop(id: first) }
            await #expect(throws: TestSlave.Failure.self) {
                try await slave.sample([SampledValue(value: "1500")], transaction: first)
            }
            #expect(await system.hub.slaves().first?.transactions == [1: first])
        }
    }

    @Test func aRefusedCardIsSaidInTheAnswer() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            await system.uplink.set(tag: "STOLEN", .blocked)
            await system.uplink.set(tag: "CARD", .accepted)
            let slave = try await system.json("BOX7")
            try await slave.boot()
            #expect(try await slave.call(AuthorizeRequest(idTag: "CARD")).idTagInfo.status == .accepted)
            #expect(try await slave.call(AuthorizeRequest(idTag: "STOLEN")).idTagInfo.status == .blocked)
            let answer = try await slave.call(
                StartTransactionRequest(
                    connectorId: 1, idTag: "STOLEN", meterStart: 0, timestamp: CentralSystem.wallTime))
            #expect(answer.idTagInfo.status == .blocked)
            #expect(answer.transactionId > 0)
        }
    }

    @Test func aStopWithoutAValidIdEndsTheTransactionThatRuns() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let slave = try await system.json("BOX7")
            try await slave.boot()
            _ = try await slave.start(2)
            try await slave.stop(2, id: -1)
            let stop = try #require(await system.uplink.stops.last)
            #expect(stop.place.connector == 2)
            #expect(stop.request.transactionId == -1)
            #expect(await system.hub.slaves().first?.transactions.isEmpty ?? false)
            // One that nobody knows is taken too: an old message has to leave the slave's queue.
            let id = try await slave.start(1)
            try await slave.stop(2, id: 9_999)
            #expect(await system.uplink.stops.last?.request.transactionId == 9_999)
            #expect(await system.hub.slaves().first?.transactions == [1: id])
        }
    }

    @Test func theSiteSaysWhichOfTwoTransactionsAStopWithoutAnIdHasEnded() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let one = try await system.device("ocpp://BOX7/1")
            let other = try await system.device("ocpp://BOX7/2")
            let slave = try await system.json("BOX7")
            try await slave.boot()
            try await eventually("both are online") { one.isOnline && other.isOnline }
            let first = try await slave.start(1)
            _ = try await slave.start(2)
            await system.uplink.ends(at: 2)
            try await slave.stop(2, id: -1)
            #expect(await system.hub.slaves().first?.transactions == [1: first])
        }
    }

    @Test func aTransactionOutlivesTheConnection() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let device = try await system.device("ocpp://BOX7")
            let slave = try await system.json("BOX7")
            try await slave.boot()
            try await eventually("it is online") { device.isOnline }
            let id = try await slave.start()
            _ = try await device.device.apply(.charge(.current(10)))
            await slave.close()
            try await eventually("it is silent") { device.isSilent }
            #expect(await system.hub.slaves().first?.transactions == [1: id])
            #expect(await system.uplink.events(of: "BOX7").contains { if case .vanished = $0 { true } else { false } })
            await #expect(throws: DriverError.self) { try await device.device.apply(.charge(.current(6))) }

            // It comes back after a restart with nothing in its memory.
            let again = try await system.json("BOX7")
            try await again.boot()
            try await eventually("its order is there again") { await again.limit() == 10 }
            let orders = await again.requests(SetChargingProfileRequest.self).map(\.csChargingProfiles)
            #expect(orders.contains { $0.chargingProfilePurpose == .txProfile && $0.transactionId == id })
        }
    }

    @Test func messagesThatNeedNoAnswerReachTheSite() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let slave = try await system.json("BOX7")
            try await slave.boot()
            try await slave.status(0, .available)
            _ = try await slave.call(FirmwareStatusNotificationRequest(status: .downloading))
            _ = try await slave.call(DiagnosticsStatusNotificationRequest(status: .uploaded))
            _ = try await slave.call(
                SecurityEventNotificationRequest(type: "TamperDetectionActivated", timestamp: CentralSystem.wallTime))
            _ = try await slave.call(
                MeterValuesRequest(
                    connectorId: 0,
                    meterValue: [
                        MeterValue(timestamp: CentralSystem.wallTime, sampledValue: [SampledValue(value: "5")])
                    ]))
            #expect(try await slave.call(DataTransferRequest(vendorId: "us", data: "x")).data == "x")
            #expect(try await slave.call(DataTransferRequest(vendorId: "them")).status == .unknownVendorId)
            let events = await system.uplink.events(of: "BOX7")
            func has(_ condition: (SlaveEvent) -> Bool) -> Bool { events.contains(where: condition) }
            #expect(has { if case .status(let status) = $0 { status.connectorId == 0 } else { false } })
            #expect(has { if case .firmware(let it) = $0 { it.status == .downloading } else { false } })
            #expect(has { if case .diagnostics(let it) = $0 { it.status == .uploaded } else { false } })
            #expect(has { if case .security(let it) = $0 { it.type == "TamperDetectionActivated" } else { false } })
            #expect(has { if case .meterValues(let it) = $0 { it.connectorId == 0 } else { false } })
            #expect(await system.uplink.meterValues.isEmpty)
        }
    }

    @Test func callsReachTheRightSlave() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave(), "GARAGE#2": KnownSlave()]) { system in
            _ = try await system.device("ocpp://BOX7")
            let box = try await system.json("BOX7")
            let garage = try await system.binary("GARAGE#2")
            try await box.boot()
            try await garage.boot()
            let id = try await garage.start()
            let place = try #require(SlaveConnector(address: "ocpp://BOX7/2"))
            #expect(try await system.hub.remoteStop(transaction: id).status == .accepted)
            #expect(await garage.requests(RemoteStopTransactionRequest.self).map(\.transactionId) == [id])
            #expect(try await system.hub.remoteStop(transaction: 4711).status == .rejected)
            #expect(try await system.hub.remoteStart(idTag: "CARD", at: place).status == .accepted)
            #expect(await box.requests(RemoteStartTransactionRequest.self).first?.connectorId == 2)
            let availability = ChangeAvailabilityRequest(connectorId: 1, type: .inoperative)
            #expect(try await system.hub.call(availability, of: place.slave).status == .scheduled)
            await #expect(throws: SlaveCallError.refused(CallError(.notSupported))) {
                try await system.hub.call(ClearCacheRequest(), of: place.slave)
            }
            let nobody = try #require(ChargePointID("NOBODY"))
            await #expect(throws: SlaveCallError.self) { try await system.hub.call(ClearCacheRequest(), of: nobody) }
        }
    }

    @Test func profilesOfOthersDoNotOvertakeOrders() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let device = try await system.device("ocpp://BOX7")
            let slave = try await system.json("BOX7")
            try await slave.boot()
            try await eventually("it is online") { device.isOnline }
            _ = try await device.device.apply(.charge(.current(10)))
            func profile(_ level: Int) -> ChargingProfile {
                ChargingProfile(
                    chargingProfileId: 1, stackLevel: level, chargingProfilePurpose: .txDefaultProfile,
                    chargingProfileKind: .absolute,
                    chargingSchedule: ChargingSchedule(
                        startSchedule: Timestamp(seconds: 0), chargingRateUnit: .amperes,
                        chargingSchedulePeriod: [ChargingSchedulePeriod(startPeriod: 0, limit: 32)]))
            }
            let one = try #require(SlaveConnector(address: "ocpp://BOX7"))
            let two = try #require(SlaveConnector(address: "ocpp://BOX7/2"))
            await #expect(throws: SlaveCallError.self) { try await system.hub.set(profile(5), at: one) }
            #expect(try await system.hub.set(profile(4), at: one).status == .accepted)
            #expect(await slave.limit() == 10)
            #expect(try await system.hub.set(profile(5), at: two).status == .accepted)
            #expect(try await system.hub.clear(ClearChargingProfileRequest(), of: one.slave).status == .accepted)
            try await eventually("the order is there again") { await slave.limit() == 10 }
        }
    }
}
