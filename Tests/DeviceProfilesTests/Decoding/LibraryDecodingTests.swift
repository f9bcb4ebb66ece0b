import DeviceProfiles
import DriverAPI
import ReadPlanning
import Testing

private func document(_ path: String) throws -> ProfileDocument {
    try SampleProfile.document(SampleProfile.library(path))
}

@Test func derivedPointsMayBeWrittenElsewhere() throws {
    let profile = try document("wallbox/keba.p30").profile
    let allowed = try #require(profile.point("charging_allowed"))
    #expect(allowed.isDerived)
    #expect(allowed.value.kind == .bool)
    #expect(allowed.write?.place == ReadPlace(table: .holding, address: 5014))
    let limit = try #require(profile.point("current_limit"))
    #expect(limit.place?.type == .u32)
    #expect(limit.write?.place == ReadPlace(table: .holding, address: 5004, type: .u16))
    #expect(limit.write?.unit == .mA)
    #expect(limit.write?.range?.high == .expression(.name(.point("x_hardware_max"))))
    #expect(profile.point("x_unlock")?.origin == .writeOnly)
    #expect(profile.point("x_car")?.place?.words == 2)
    guard case .cases(let cases)? = profile.point("state")?.origin else {
        Issue.record("the state has cases")
        return
    }
    #expect(cases.map(\.member) == ["F", "A", "C", "B"])
    #expect(cases.map(\.reason) == ["other", nil, nil, nil])
    #expect(cases.last?.when == nil)
    #expect(!profile.modbus.constraints.merging)
    #expect(profile.control.phases?.pause == true)
    #expect(profile.keepAlive?.token == .init(point: "failsafe_timeout", value: .same))
    #expect(profile.initWrites.map(\.value) == [.value(.number(3))])
    #expect(profile.initWrites.first?.when == .name(.option("phase_contactor")))
}

@Test func theHeidelbergsApproximationsRangesAndFinalStepsAreDecoded() throws {
    let profile = try document("wallbox/heidelberg.energy-control").profile
    let state = try #require(profile.point("state"))
    #expect(state.place == ReadPlace(table: .input, address: 5))
    #expect(state.value.entries.first == .init(match: .integers(2...3), value: .member("A")))
    #expect(profile.point("power")?.value.kind == .number(.W))
    #expect(profile.point("power")?.value.unit == .VA)
    #expect(profile.point("energy_total")?.value.approximate == true)
    #expect(profile.point("x_extern_locked")?.value.invert == .literal(.bool(true)))
    #expect(profile.point("failsafe_timeout")?.value.unit == .ms)
    #expect(profile.control.charge?.off == .value(.number(0)))
    #expect(profile.control.wakeUp?.finally.map(\.action) == [.write("x_unlocked", .value(.bool(true)))])
    #expect(profile.link.unitRange == 1...16)
    #expect(profile.identify?.facts.first?.place?.split == .bits([8, 4, 4], bcd: false))
}

@Test func theMetersFloatsDefaultsAndRulesAreDecoded() throws {
    let profile = try document("meter/eastron.sdm630").profile
    let power = try #require(profile.point("power.l2"))
    #expect(power.place == ReadPlace(table: .input, address: 0x0E, type: .f32, words: 2))
    #expect(
        power.value.invert
            == .binary(.equal, .name(.option("current_direction")), .literal(.member("reversed")), factor: 1))
    #expect(profile.point("power")?.value.plausible?.low == .fixed(-200_000))
    #expect(profile.point("energy_import")?.value.unit == .kWh)
    #expect(profile.point("voltage.l1")?.value.absentWhen != nil)
    let rules = try #require(profile.identify?.rules)
    #expect(rules[0].request == ReadRequest(.holding, at: 0xFC02, count: 1))
    #expect(rules[0].test == .words([0x70]))
    #expect(rules[1].score == -100 && rules[1].isOther == "eastron.sdm72dm")
    #expect(rules[5].request == ReadRequest(.input, at: 0, count: 80))
    #expect(profile.fixtures["three_phase"]?.words[.input]?[0] == 0x4366)  // 230.5 is 0x43668000
    #expect(profile.fixtures["three_phase"]?.words[.input]?[1] == 0x8000)
    #expect(profile.fixtures["one_phase"]?.words[.input]?[2] == 0)
    #expect(profile.tests[4].plans == ["all": ["04 0x0000+76", "04 0x00E0+2", "04 0x0156+10"]])
}

@Test func flagsProbesAndExceptionsAreDecoded() throws {
    let profile = try document("wallbox/bender.cc612").profile
    #expect(
        profile.point("x_errors")?.value.kind == .flags([0: "residual-current", 1: "contactor", 2: "temperature"]))
    #expect(profile.point("phases_active")?.presence == .probe)
    #expect(profile.point("phases_active")?.value.entries.first?.value == nil)
    #expect(profile.point("power")?.value.kind == .number(.W))
    #expect(profile.point("energy_total")?.value.counter == .confirm(3))
    #expect(!profile.modbus.constraints.bridging)
    let codes = try #require(profile.fixtures["legacy"]?.exceptions[.holding])
    #expect(codes[140] == 2 && codes[151] == 2 && codes[719] == 2 && codes[141] == nil)
    #expect(profile.tests[0].expect.first { $0.name == "x_errors" }?.value.value == .flags(["temperature"]))
}

@Test func writtenRawValuesAndWideFloatsAreDecoded() throws {
    let profile = try document("wallbox/go-e.charger").profile
    let allowed = try #require(profile.point("charging_allowed")?.write)
    #expect(allowed.writeAs.map(\.raw) == [2, 1])
    #expect(allowed.writeAs.map(\.value) == [.bool(true), .bool(false)])
    #expect(allowed.budget == .init(count: 200, period: .seconds(86400)))
    #expect(profile.point("x_energy_limit")?.place?.words == 4)
    #expect(profile.point("phases_set")?.write?.minimumDwell == .seconds(300))
    #expect(profile.point("phases_set")?.value.entries.map(\.value) == [.member("auto"), .number(1), .number(3)])
    #expect(profile.point("energy_session")?.value.unit == .Ws)
    #expect(profile.keepAlive?.satisfiedBy == KeepAlive.SatisfiedBy.none)
    #expect(profile.keepAlive?.deadline == nil)
    #expect(profile.keepAlive?.deviceThen == .keeps)
}

@Test func everyLibraryProfileLoadsWithoutErrors() throws {
    for path in SampleProfile.libraryPaths {
        let load = ProfileDocument.load(Array(try SampleProfile.library(path).utf8), file: path)
        #expect(load.errors.map(\.description) == [])
        #expect(load.document?.profile.tests.isEmpty == false)
    }
}
