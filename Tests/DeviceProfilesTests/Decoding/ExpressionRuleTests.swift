import DeviceProfiles
import Testing

private let meter = SampleProfile.meter
private let wallbox = SampleProfile.wallbox

@Test func p040ExpressionsAreCheckedAtTheirCharacter() throws {
    try expectFinding("P040", in: meter, Edit("expr: power / 2", "expr: ¦pover / 2"), says: "did you mean \"power\"?")
    try expectFinding("P040", in: wallbox, Edit("state in [A, B]", "state in [A, ¦X]"), says: "X")
    try expectFinding("P040", in: wallbox, Edit("\"state in [A, B]\"", "'state == ¦X'"))
    try expectFinding("P040", in: wallbox, Edit("\"state in [A, B]\"", "¦x_wide"), says: "boolean")
    try expectFinding("P040", in: meter, Edit("bit: 3,", "bit: 3, present: ¦option.trned,"), says: "option.turned")
    try expectFinding("P040", in: meter, Edit("bit: 3,", "bit: 3, invert: ¦x_word == 1,"), says: "x_word")
    try expectFinding("P040", in: meter, Edit("when: option.taps == b", "when: ¦power > 1 W"))
    try expectFinding("P040", in: meter, Edit("when: option.taps == b", "when: option.taps == ¦c"), says: "a, b")
}

@Test func p040PointsDoNotDependOnThemselves() throws {
    try expectFinding(
        "P040", in: meter, Edit("x_half: {expr: power / 2}", "x_half: {expr: ¦x_half / 2}"), says: "x_half")
    try expectFinding(
        "P040", in: meter,
        Edit("x_half: {expr: power / 2}", "x_half: {expr: ¦x_third * 2}\n  x_third: {expr: x_half / 3}"),
        Edit("x_half: ~}", "x_third: ~, x_half: ~}"),
        says: "depends on itself")
    try expectFinding(
        "P040", in: meter,
        Edit("x_word: {at: 14, type: u16, poll: slow}", "x_word: {at: 14, type: u16, poll: slow, present: ¦x_bit}"),
        Edit("bit: 3,", "bit: 3, present: x_word == 1,"))
}

@Test func p040PresenceAndPollsReferToWhatTheyMay() throws {
    try expectFinding("P040", in: meter, Edit("bit: 3,", "bit: 3, present: ¦power > 1 W,"), says: "slow or static")
    try expectFinding("P040", in: meter, Edit("poll: on-change x_word", "poll: ¦on-change x_nothing"))
    try expectFinding("P040", in: meter, Edit("bit: 3, poll: slow", "bit: 3, poll: ¦on-change x_name"), says: "itself")
    try expectFinding(
        "P040", in: meter, Edit("scale_from: x_power_of_ten", "scale_from: ¦x_power_of_te"), says: "x_power_of_ten")
    try expectFinding("P040", in: wallbox, Edit("freezes: [state]", "freezes: [¦stat]"), says: "state")
    try expectFinding(
        "P040", in: wallbox, Edit("limits_to: failsafe_current", "limits_to: ¦failsafe_curent"),
        says: "failsafe_current")
    try expectFinding("P040", in: wallbox, Edit("from: failsafe_timeout", "from: ¦failsafe"))
}

@Test func p041SequencesAreBounded() throws {
    try expectFinding(
        "P041", in: wallbox, Edit("{wait_until: state == C, at_most: 20 s}", "¦{wait_until: state == C}"),
        says: "at_most")
    try expectFinding(
        "P041", in: wallbox, Edit("{wait: 5 s}", "{wait: 101 s}"),
        Edit("      - {write: {x_open: 1}}", "      ¦- {write: {x_open: 1}}"), says: "121")
    try expectFinding("P041", in: wallbox, Edit("{wait: 5 s}", "{write: {¦failsafe_timeout: 9 s}}"), says: "flash")
    try expectFinding("P041", in: wallbox, Edit("stop: [charging_allowed]", "stop: ¦[]"), says: "empty")
    try expectFinding("P041", in: wallbox, Edit("{wait: 5 s}", "¦x_wide"), says: "natural")
    let many = Array(repeating: "charging_allowed", count: 20).joined(separator: ", ")
    try expectFinding(
        "P041", in: wallbox, Edit("stop: [charging_allowed]", "stop: [\(many), ¦charging_allowed]"), says: "20")
}

@Test func p042VariantsCanHoldAndDoNotContradict() throws {
    try expectFinding(
        "P042", in: meter, Edit("when: option.taps == b", "when: ¦option.taps == a and option.taps == b"), says: "never"
    )
    try expectFinding("P042", in: meter, Edit("when: option.taps == b", "when: ¦option.ratio > 100"), says: "never")
    try expectFinding(
        "P042", in: meter, Edit("variants:", "variants:\n  - {when: option.turned, points: {power: {at: 32}}}"),
        Edit("{power: {at: 30}", "{power: {¦at: 30}"), says: "points.power.at")
    try expectFinding(
        "P042", in: meter, Edit("  - name: other tap", "  - ¦name: other tap"),
        Edit("points: {power: {at: 30}, x_half: ~}", "points: {power: ~, current.*: ~, x_half: ~}"),
        says: "power")
    let apart = meter.replacingOccurrences(
        of: "variants:", with: "variants:\n  - {when: option.taps == a, points: {power: {at: 32}}}")
    _ = try SampleProfile.document(apart)
    let same = meter.replacingOccurrences(
        of: "variants:", with: "variants:\n  - {when: option.turned, points: {power: {at: 30}}}")
    _ = try SampleProfile.document(same)
}

@Test func mistakesInAPatchAreFoundInThePatch() throws {
    try expectFinding("P002", in: meter, Edit("{power: {at: 30}", "{power: {¦att: 30}"), says: "at")
    try expectFinding("P011", in: meter, Edit("{power: {at: 30}", "{power: {at: ¦70}"), says: "other tap")
    try expectFinding("P020", in: meter, Edit("{power: {at: 30}", "{power: {unit: ¦V}"), says: "other tap")
    try expectFinding("P002", in: meter, Edit("points: {power: {at: 30}, x_half: ~}", "¦options: {}"))
    try expectFinding(
        "P002", in: meter, Edit("points: {power: {at: 30}, x_half: ~}", "modbus: {¦addressing: {base: 1}}"))
    try expectFinding(
        "P003", in: meter, Edit("  - name: other tap\n    when: option.taps == b\n", "  - ¦name: other tap\n"),
        says: "when")
    try expectFinding(
        "P040", in: meter, Edit("x_half: ~}", "x_power_of_ten: ~}"),
        Edit("scale_from: x_power_of_ten", "scale_from: ¦x_power_of_ten"))
}

@Test func longChainsOfPointsAreRefusedAndDoNotExhaustTheStack() throws {
    let chain = (0..<3000).map { "  x_c\($0): {expr: x_c\($0 + 1)}\n" }.joined() + "  x_c3000: {at: 30}\n"
    let text = meter.replacing("  x_name:", with: chain + "  x_name:")
    let load = ProfileDocument.load(Array(text.utf8), file: "t.yaml")
    #expect(load.document == nil)
    #expect(load.errors.contains { $0.code == "P040" && $0.message.contains("one from the other") })
}

@Test func manyInputsAtEveryLevelAreLookedAtOnce() throws {
    let level = { (n: Int) in (0..<10).map { "x_l\(n)_\($0)" } }
    var rows = level(15).map { "  \($0): {at: 34, poll: slow}\n" }.joined()
    for n in (0..<15).reversed() {
        let sum = level(n + 1).joined(separator: " + ")
        rows += level(n).map { "  \($0): {expr: \(sum)}\n" }.joined()
    }
    rows += "  x_seen: {at: 35, present: x_l0_0 > 1}\n"
    _ = try SampleProfile.document(meter.replacing("  x_name:", with: rows + "  x_name:"))
}
