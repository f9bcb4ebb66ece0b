import DeviceProfiles
import DriverAPI
import ReadPlanning
import Testing

// Expected values: the profile's text and the vendor's register page, read by hand.

private func profile() throws -> DeviceProfile {
    try SampleProfile.document(SampleProfile.library("wallbox/cfos.power-brain")).profile
}

@Test func theHeadLinkAndLimitsOfThePowerBrainAreDecoded() throws {
    let profile = try profile()
    #expect(profile.id == "cfos.power-brain")
    #expect(profile.versionText == "0.1.0")
    #expect(profile.deviceClass == .wallbox)
    #expect(profile.title.text(in: "de") == "cFos Power Brain Wallbox")
    #expect(profile.link.tcpPort == 4701)
    #expect(profile.link.serial == .init(baud: 9600, parity: .none, stop: 1))
    #expect(profile.link.timing.minGap == .milliseconds(20))
    #expect(profile.modbus.constraints.maxRead[.holding] == 32)
    #expect(
        profile.modbus.constraints.readable[.holding]
            == [8000...8023, 8040...8040, 8057...8069, 8080...8088, 8090...8113, 8120...8121])
    #expect(profile.modbus.constraints.bridging && profile.modbus.constraints.merging)
}

@Test func theStateOfThePowerBrainHasItsRowsAndReasons() throws {
    let state = try #require(try profile().point("state"))
    #expect(state.place == ReadPlace(table: .holding, address: 8092))
    #expect(state.poll == .fast)
    #expect(state.value.kind == .member(["A", "B", "C", "D", "E", "F"]))
    #expect(state.value.entries.count == 8)
    #expect(state.value.entries[6] == .init(match: .integers(9...9), value: .member("F")))
    #expect(state.value.entries[7] == .init(match: .other, value: .member("F")))
    #expect(state.value.reasons.map(\.reason) == ["dc-fault-current"])
}

@Test func theSetPointOfThePowerBrainIsBoundedByTheOption() throws {
    let limit = try #require(try profile().point("current_limit"))
    let write = try #require(limit.write)
    #expect(limit.value.kind == .number(.A))
    #expect(limit.value.scale == Exact(1, over: 10))
    #expect(write.function == 6)
    #expect(write.place == ReadPlace(table: .holding, address: 8093))
    #expect(write.scale == Exact(1, over: 10))
    #expect(write.persist == .ram)
    #expect(write.range?.low == .fixed(6))
    #expect(write.range?.high == .expression(.name(.option("rated_current"))))
    #expect(write.rounding == .down)
    #expect(
        write.verify
            == .init(after: .milliseconds(500), within: .seconds(5), tolerance: try #require(Exact(1, over: 10))))
}

@Test func otherPointsOfThePowerBrainKeepTheirRules() throws {
    let profile = try profile()
    #expect(profile.point("charging_allowed")?.value.kind == .bool)
    #expect(profile.point("charging_allowed")?.write?.rounding == .nearest)
    let phases = try #require(profile.point("phases_set"))
    #expect(phases.value.entries.map(\.value) == [.number(3), .number(1)])
    #expect(phases.presence == .when(.name(.point("x_phase_switch_released"))))
    #expect(phases.write?.settle == .seconds(180))
    #expect(profile.point("x_phase_switch_released")?.place?.bits == 8...8)
    #expect(profile.point("x_phase_switch_released")?.place?.isSingleBit == true)
    #expect(["l1", "l2", "l3"].map { profile.point("current.\($0)")?.place?.address } == [8064, 8066, 8068])
    #expect(profile.point("energy_total")?.value.counter == .confirm(5))
    #expect(profile.point("power")?.value.invalid == [-1 ... -1])
    #expect(profile.point("rfid_tag")?.poll == .onChange("x_rfid_count"))
    #expect(profile.point("rfid_tag")?.personal == true)
    #expect(profile.point("failsafe_timeout")?.write?.budget == .init(count: 20, period: .seconds(365 * 86400)))
    #expect(profile.point("x_cp_open_seconds")?.write?.kind == .command)
    #expect(profile.point("serial")?.origin == .expression(.name(.fact("serial"))))
}

@Test func theControlOfThePowerBrainIsDecoded() throws {
    let profile = try profile()
    let charge = try #require(profile.control.charge)
    #expect(charge.set == "current_limit")
    #expect(charge.start.map(\.action) == [.natural("current_limit"), .natural("charging_allowed")])
    #expect(charge.limit.map(\.action) == [.natural("current_limit")])
    #expect(charge.stop.map(\.action) == [.natural("charging_allowed")])
    #expect(charge.minimum == .fixed(6))
    #expect(charge.belowMinimum == .stop)
    #expect(charge.onDisconnect == .leave)
    #expect(profile.control.phases?.set == "phases_set")
    #expect(profile.control.phases?.whenText == "state in [A, B] or not charging_allowed")
    let wake = try #require(profile.control.wakeUp)
    #expect(wake.cooldown == .seconds(600))
    #expect(wake.freezes == ["state"])
    #expect(wake.steps.first?.action == .write("x_cp_open_seconds", .value(.number(5))))
    guard case .waitUntil(_, let atMost, let poll, let goesOn)? = wake.steps.last?.action else {
        Issue.record("the second step waits")
        return
    }
    #expect(atMost == .seconds(20) && poll == .seconds(1) && !goesOn)
    #expect(profile.keepAlive?.satisfiedBy == .anyTransaction)
    #expect(profile.keepAlive?.deadline == .point("failsafe_timeout", zeroMeansNever: true, assume: .seconds(300)))
    #expect(profile.keepAlive?.deviceThen == .limitsToPoint("failsafe_current"))
    #expect(profile.keepAlive?.settings == ["failsafe_timeout", "failsafe_current"])
    #expect(profile.keepAlive?.share == Exact(2, over: 5))
}

@Test func theFixturesOfThePowerBrainAreWordsOnTheWire() throws {
    let fixtures = try profile().fixtures
    let charging = try #require(fixtures["charging"]?.words[.holding])
    #expect([8058, 8059, 8060, 8061].map { charging[$0] } == [0, 0, 0x12, 0xD687])
    #expect([8008, 8011, 8012].map { charging[$0] } == [0x5042, 0x3536, 0])  // "PB123456" and NUL
    let fault = try #require(fixtures["fault"])
    #expect(fault.extends == "charging")
    #expect(fault.words[.holding]?[8092] == 9)
    #expect(fault.words[.holding]?[8062] == 0xFFFF)
    #expect(fault.words[.holding]?[8121] == 7)
}

@Test func theTestsOfThePowerBrainAreTyped() throws {
    let tests = try profile().tests
    #expect(tests.count == 8)
    #expect(tests[0].identify == 100)
    #expect(tests[0].expect.map(\.value.value) == [.text("PB123456"), .version([1, 0])])
    let values = Dictionary(uniqueKeysWithValues: tests[1].expect.map { ($0.name, $0.value) })
    #expect(values["power"] == ExpectedValue(value: .number(11040)))
    #expect(values["current.l2"]?.value == .number(try #require(Exact(159, over: 10))))
    #expect(values["phases_set"]?.value == .number(3))
    #expect(values["rfid_tag"]?.value == .text("04A1B2C3"))
    #expect(tests[2].expect.last?.value == ExpectedValue(value: nil, quality: .noData))
    #expect(tests[4].commands == [.charge(.current(10)), .charge(.current(try #require(Exact(1234, over: 100))))])
    #expect(tests[6].line?.timing == .serial(9600, .none))
    #expect(tests[6].plans == ["fast": ["03 0x1F7E+8", "03 0x1F9C+4"]])
    #expect(tests[7].scenario.map(\.at) == [.zero, .seconds(10), .seconds(311)])
    #expect(tests[7].scenario[1].host == .silent)
    #expect(tests[7].scenario[1].lasts == .seconds(310))
    #expect(tests[7].scenario[2].expectDevice.map(\.value.value) == [.number(6)])
}
