import DriverAPI
import OCPP
import OCPPSlave
import Testing

@Suite struct ReadingTests {
    private func running(
        _ options: [String: String] = [:], _ use: (CentralSystem, WatchedDevice, TestSlave) async throws -> Void
    ) async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let device = try await system.device("ocpp://BOX7", options)
            let slave = try await system.json("BOX7")
            try await slave.boot()
            try await eventually("it is online") { device.isOnline }
            try await use(system, device, slave)
        }
    }

    @Test(arguments: [
        (ChargePointStatus.available, "A"), (.preparing, "B"), (.charging, "C"), (.suspendedEV, "B"),
        (.suspendedEVSE, "B"), (.finishing, "B"), (.reserved, "A"), (.faulted, "F"),
    ])
    func everyStatusHasItsState(_ status: ChargePointStatus, _ state: String) async throws {
        try await running { _, device, slave in
            try await slave.status(1, .unavailable)
            try await eventually("nothing is known of the car") { device.reading("state")?.quality == .noData }
            try await slave.status(1, status)
            try await eventually("the state is \(state)") { device.text("state") == state }
            #expect(device.text("x_ocpp_status") == status.rawValue)
        }
    }

    @Test func meterValuesBecomePointsInCanonicalUnits() async throws {
        try await running { _, device, slave in
            try await slave.status(1, .charging)
            try await slave.start(meter: 1_000)
            try await slave.sample([
                SampledValue(value: "1.25", measurand: .energyActiveImportRegister, unit: .kilowattHours),
                SampledValue(value: "15.9", measurand: .currentImport, phase: .l1),
                SampledValue(value: "16", measurand: .currentImport, phase: .l2ToNeutral),
                SampledValue(value: " 15.8 ", measurand: .currentImport, phase: .l3, location: .outlet),
                SampledValue(value: "99", measurand: .currentImport, phase: .l1, location: .inlet),
                SampledValue(value: "3.6", measurand: .powerActiveImport, phase: .l1, unit: .kilowatts),
                SampledValue(value: "3700", measurand: .powerActiveImport, phase: .l2, unit: .watts),
                SampledValue(value: "3500", measurand: .powerActiveImport, phase: .l3),
                SampledValue(value: "231.5", measurand: .voltage, phase: .l1ToNeutral),
                SampledValue(value: "16", measurand: .currentOffered),
                SampledValue(value: "55", measurand: .stateOfCharge, location: .ev),
                SampledValue(value: "no number", measurand: .voltage, phase: .l2),
            ])
            try await eventually("they are there") { device.number("current.l1") != nil }
            #expect(device.number("energy_total") == 1250)
            #expect(device.number("energy_session") == 250)
            #expect(device.number("current.l1") == Exact(text: "15.9"))
            #expect(device.number("current.l2") == 16)
            #expect(device.number("current.l3") == Exact(text: "15.8"))
            #expect(device.number("power.l1") == 3600)
            #expect(device.number("power") == 10_800)
            #expect(device.number("voltage.l1") == Exact(text: "231.5"))
            #expect(device.number("current_offered") == 16)
            #expect(device.number("vehicle_soc") == 55)
            #expect(device.reading("voltage.l2") == nil)
            #expect(device.text("rfid_tag") == "CARD")
            #expect(device.description?.points.isSuperset(of: ["current.l1", "current.l2", "current.l3"]) ?? false)
        }
    }

    @Test func oneCurrentWithoutAPhaseCountsOnEveryWiredPhase() async throws {
        try await running(["phases": "1"]) { _, device, slave in
            #expect(device.reading("current.l2")?.quality == .absent)
            try await slave.status(1, .charging)
            try await slave.sample([SampledValue(value: "12", measurand: .currentImport)])
            try await eventually("it is there") { device.number("current.l1") == 12 }
            #expect(device.reading("current.l3")?.quality == .absent)
        }
    }

    @Test func valuesThatWaitedForTheConnectionAreNoReadings() async throws {
        try await running { system, device, slave in
            try await slave.status(1, .charging)
            try await slave.start()
            let old = CentralSystem.wallTime.advanced(bySeconds: -600)
            try await slave.sample([SampledValue(value: "31", measurand: .currentImport)], at: old)
            try await slave.sample([SampledValue(value: "7", measurand: .currentImport)])
            try await eventually("the present one is there") { device.number("current.l1") == 7 }
            let seen = device.all.compactMap { update -> Exact? in
                guard case .readings(let readings) = update else { return nil }
                return readings.first { $0.point == "current.l1" }?.known?.number
            }
            #expect(!seen.contains(31))
            // For the bill they count all the same.
            #expect(await system.uplink.meterValues.count == 2)
        }
    }

    @Test func aConnectorWithoutACarDrawsNothing() async throws {
        try await running { _, device, slave in
            try await slave.status(1, .charging)
            try await slave.start()
            try await slave.sample([SampledValue(value: "16", measurand: .currentImport)])
            try await eventually("it charges") { device.number("current.l1") == 16 }
            try await slave.stop()
            try await slave.status(1, .available)
            try await eventually("it draws nothing") { device.number("current.l1") == 0 }
            try await eventually("the card is gone") { device.reading("rfid_tag")?.quality == .noData }
        }
    }

    @Test func aQuietSlaveIsHeardByItsAnswers() async throws {
        try await running { _, device, slave in
            try await slave.status(1, .available)
            try await eventually("it has a state") { device.text("state") == "A" }
            let first = try #require(device.reading("state")).time
            try await eventually("it is heard again") {
                (device.reading("state")?.time ?? first) > first.advanced(by: .seconds(1))
            }
        }
    }
}
