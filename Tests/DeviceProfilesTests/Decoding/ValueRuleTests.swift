import DeviceProfiles
import Testing

private let meter = SampleProfile.meter
private let wallbox = SampleProfile.wallbox

@Test func p020UnitsConvertIntoTheCanonicalOne() throws {
    try expectFinding("P020", in: meter, Edit("unit: kWh", "unit: ¦KWh"), says: "did you mean \"kWh\"?")
    try expectFinding("P020", in: meter, Edit("unit: kWh", "unit: ¦kW"), says: "Wh")
    try expectFinding("P020", in: meter, Edit("s32, unit: W", "s32, unit: ¦VA"), says: "approx")
    try expectFinding("P020", in: wallbox, Edit("minimum: 6 A", "minimum: ¦6 kW"), says: "A")
    try expectFinding("P020", in: wallbox, Edit("minimum: 6 A", "minimum: ¦6"), says: "unit")
    try expectFinding("P020", in: meter, Edit("enum: {0: off", "¦unit: V, enum: {0: off"), says: "member")
}

@Test func p020ApproximationsAreAllowedWhenTheFileSaysSo() throws {
    let text = meter.replacingOccurrences(of: "s32, unit: W", with: "s32, unit: kVA, approx: true")
    let point = try #require(try SampleProfile.document(text).profile.point("power"))
    #expect(point.value.kind == .number(.W))
    #expect(point.value.unit == .kVA)
    #expect(point.value.approximate)
}

@Test func p020FactorsAreExact() throws {
    try expectFinding("P020", in: meter, Edit("scale: 1/256", "scale: ¦1e-3"))
    try expectFinding("P020", in: meter, Edit("scale: 1/256", "scale: ¦1/0"))
    try expectFinding("P020", in: meter, Edit("scale: 1/256", "scale: ¦0"))
}

@Test func p021CanonicalPointsHaveTheirType() throws {
    try expectFinding("P021", in: wallbox, Edit("type: bool16", "type: ¦u16"), says: "boolean")
    try expectFinding(
        "P021", in: wallbox, Edit("    enum: {1: A, 2: B, 3: C, other: F}\n    reasons: {9: dc-fault-current}\n", ""),
        Edit("at: 100", "at: ¦100"), Edit(", when: \"state in [A, B]\"", ""), Edit("state == C", "x_wide == 3"),
        says: "A, B, C")
    try expectFinding(
        "P021", in: meter, Edit("type: s16, scale_from: x_power_of_ten", "type: ¦ascii, words: 1"), says: "Hz")
    try expectFinding("P021", in: meter, Edit("  frequency:", "  ¦frequncy:"), says: "frequency")
    try expectFinding("P021", in: meter, Edit("  frequency:", "  ¦state: {at: 33}\n  frequency:"), says: "canonical")
}

@Test func p021ExtensionsDoNotRepeatCanonicalPoints() throws {
    try expectFinding(
        "P021", in: meter, Edit("  x_word:", "  ¦x_voltage.l1: {at: 20, unit: V}\n  x_word:"), says: "voltage.l1")
    let other = meter.replacingOccurrences(of: "  x_word:", with: "  x_soc: {at: 20}\n  x_word:")
    _ = try SampleProfile.document(other)
}

@Test func p022EveryClassHasItsMandatoryPoints() throws {
    try expectFinding(
        "P022", in: wallbox, Edit("  state:", "  x_status:"), Edit("    reasons: {9: dc-fault-current}\n", ""),
        Edit("points:", "¦points:"), Edit("state in [A, B]", "x_status in [A, B]"),
        Edit("state == C", "x_status == C"),
        Edit("freezes: [state]", "freezes: [x_status]"), says: "state")
    try expectFinding("P022", in: wallbox, Edit("stop: [charging_allowed]", "stop: ¦[current_limit]"), says: "off")
    try expectFinding(
        "P022", in: wallbox, Edit("start: [current_limit, charging_allowed]", "start: [current_limit]"),
        Edit("    type: bool16\n    write: {fc: 6, persist: ram}\n", "    type: bool16\n"), Edit("points:", "¦points:"),
        Edit("stop: [charging_allowed]", "stop: [{wait: 1 s}]"), says: "stop")
    try expectFinding(
        "P022", in: meter, Edit("power: {at: 0", "x_power_b: {at: 0"), Edit("current.*", "x_amps.*"),
        Edit("expr: power", "expr: x_power_b"), Edit("power: 1000 W, ", ""),
        Edit("{power: {at: 30}", "{x_power_b: {at: 30}"),
        Edit("points:\n", "¦points:\n"), says: "power")
}

@Test func p023EnumerationsAreCanonicalCompleteAndInvertible() throws {
    try expectFinding("P023", in: wallbox, Edit("3: C,", "3: ¦G,"), says: "A, B, C, D, E, F")
    try expectFinding("P023", in: wallbox, Edit("{1: A, 2: B, 3: C, other: F}", "{¦1: A, 2: B, 3: C}"), says: "other")
    try expectFinding(
        "P023", in: wallbox, Edit("reasons: {9: dc-fault-current}", "reasons: {9: ¦dc-fault}"), says: "dc-fault-current"
    )
    try expectFinding(
        "P023", in: wallbox, Edit("enum: {0: auto, 1: 1, 2: 3}", "enum: ¦{0: auto, 1: 1, 2: 3, 3: 3}"), says: "write_as"
    )
    try expectFinding(
        "P023", in: wallbox, Edit("enum: {0: auto, 1: 1, 2: 3}", "enum: {0: auto, 1: 1, 2: ¦4}"), says: "phases_set")
    try expectFinding("P023", in: meter, Edit("{0: off, 1..3: on,", "{0: off, 1..3: on, ¦2: half,"), says: "overlap")
    let listed = wallbox.replacingOccurrences(of: "2: 3}", with: "2: 3, 3: 3}").replacingOccurrences(
        of: "budget: 40/day,", with: "budget: 40/day, write_as: {3: 2},")
    #expect(try SampleProfile.document(listed).profile.point("phases_set")?.write?.writeAs.first?.raw == 2)
}

@Test func p023DerivedMembersAreCanonicalAndEndWithAnElse() throws {
    let cases = "cases: [{when: x_wide == 0, is: A}, {is: B}]"
    let text = wallbox.replacingOccurrences(
        of: "    at: 100\n    poll: fast\n    enum: {1: A, 2: B, 3: C, other: F}\n    reasons: {9: dc-fault-current}\n",
        with: "    \(cases)\n")
    _ = try SampleProfile.document(text)
    try expectFinding("P023", in: text, Edit("is: B", "is: ¦G"))
    try expectFinding("P023", in: text, Edit("{is: B}", "{when: ¦x_wide == 1, is: B}"), says: "last")
    try expectFinding("P023", in: text, Edit("{when: x_wide == 0, is: A}", "¦{is: A}"), says: "last")
    try expectFinding("P023", in: text, Edit("is: A}", "is: A, reason: ¦none-at-all}"))
}

@Test func p024RawValuesFitTheirType() throws {
    try expectFinding("P024", in: meter, Edit("[0xFFFFFFFF]", "[¦-1]"), says: "4294967295")
    try expectFinding("P024", in: meter, Edit("{0: off, 1..3: on,", "{0: off, ¦1..70000: on,"), says: "u16")
    try expectFinding("P024", in: meter, Edit("[-90 kW, 90 kW]", "¦[90 kW, -90 kW]"), says: "empty")
    try expectFinding("P020", in: meter, Edit("[-90 kW, 90 kW]", "[¦-90 kWh, 90 kW]"), says: "W")
    try expectFinding(
        "P024", in: meter, Edit("{at: 16, enum: {0: off, 1..3: on, other: no-data}}", "{at: 16, flags: {¦16: high}}"),
        Edit(", x_mode: off", ""), says: "0..15")
}

@Test func aDerivedPointIsWrittenInItsOwnUnit() throws {
    let write = "{at: 310, fc: 16, type: u32, persist: ram}"
    let text = wallbox.replacing(
        "  x_open:", with: "  power: {expr: 230 V * current_limit, unit: kW, scale: 0.1, write: \(write)}\n  x_open:")
    let power = try #require(try SampleProfile.document(text).profile.point("power"))
    #expect(power.value.kind == .number(.W))
    #expect(power.write?.unit == .kW)
    // 2.3 kW in steps of 0.1 kW.
    #expect(try power.encode(.number(2300)).words == [0, 23])
    try expectFinding("P020", in: text, Edit("unit: kW", "unit: ¦A"))
}
