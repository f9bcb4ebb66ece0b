import DeviceProfiles
import Testing

private let meter = SampleProfile.meter
private let wallbox = SampleProfile.wallbox

@Test func p050IdentificationIsSafeAndCanSucceed() throws {
    try expectFinding("P050", in: meter, Edit("  safe: true\n  match", "  ¦match"), says: "safe")
    try expectFinding("P003", in: meter, Edit("safe: true", "safe: ¦false"))
    try expectFinding("P050", in: meter, Edit("at: 40, words", "at: ¦45, words"), says: "forbidden")
    try expectFinding("P050", in: meter, Edit("at: 40, words", "at: ¦60, words"), says: "outside")
    try expectFinding(
        "P050", in: meter, Edit("score: 40}", "score: 39}"), Edit("accept: 100", "accept: ¦100"), says: "99")
    try expectFinding("P050", in: meter, Edit("accept: 100", "accept: 90\n  ask_installer_from: ¦95"))
    try expectFinding("P050", in: meter, Edit("score: 40}", "score: 40, is: ¦other.meter}"), says: "negative")
    try expectFinding("P050", in: meter, Edit("serial: {at: 43,", "serial: {at: ¦44,"), says: "forbidden")
}

@Test func p050TestsForDifferentWordsAtOnePlaceDoNotAddUp() throws {
    try expectFinding(
        "P050", in: meter, Edit("at: 41, type: u16, range: [1, 9], score: 40", "at: 40, words: [0x0071], score: 40"),
        Edit("accept: 100", "accept: ¦100"), says: "60")
}

@Test func p051FixturesFitThePoints() throws {
    try expectFinding("P051", in: meter, Edit("10: [0, 256],", "10: [0, ¦65536],"), says: "65535")
    try expectFinding(
        "P051", in: meter, Edit("10: [0, 256],", "10: [0],"), Edit("  idle:", "  ¦idle:"), says: "in part")
    try expectFinding("P051", in: meter, Edit("10: [0, 256],", "10: [0, 256], ¦11: [1],"), says: "twice")
    try expectFinding("P051", in: meter, Edit("{s32: [1000]}", "{s32: ¦[3000000000]}"))
    try expectFinding(
        "P051", in: meter, Edit("{ascii: Meter, words: 8}", "{ascii: ¦A very long name of a meter, words: 8}"))
    try expectFinding(
        "P051", in: meter, Edit("    origin: synthetic", "    extends: ¦idel\n    origin: synthetic"), says: "idel")
    try expectFinding(
        "P051", in: meter, Edit("    origin: synthetic", "    extends: ¦idle\n    origin: synthetic"), says: "itself")
    try expectFinding(
        "P051", in: meter, Edit("    origin: synthetic\n", ""), Edit("    holding: {0:", "    ¦holding: {0:"),
        says: "origin")
    try expectFinding("P010", in: meter, Edit("100: {ascii", "¦65536: {ascii"))
}

@Test func p051RecordingsShowNothingPersonal() throws {
    let recorded = "{recorded: {serial_hash: ab, firmware: v1, date: 2026-01-01, tool: chargehost}}"
    let text = meter.replacingOccurrences(of: "origin: synthetic", with: "origin: \(recorded)")
        .replacingOccurrences(of: "words: 8, poll", with: "words: 8, personal: true, poll")
    try expectFinding("P051", in: text, Edit("  idle:", "  ¦idle:"), says: "personal")
    _ = try SampleProfile.document(
        text.replacingOccurrences(of: "{ascii: Meter, words: 8}", with: "[0, 0, 0, 0, 0, 0, 0, 0]"))
    _ = try SampleProfile.document(
        text.replacingOccurrences(of: "{ascii: Meter, words: 8}", with: "{ascii: XXXXX, words: 8}"))
}

@Test func testsReferToWhatIsThere() throws {
    try expectFinding("P051", in: meter, Edit("given: idle", "given: ¦idel"), says: "idle")
    try expectFinding("P040", in: meter, Edit("expect: {power:", "expect: {¦pover:"), says: "power")
    try expectFinding("P020", in: meter, Edit("power: 1000 W", "power: ¦1000 Wh"))
    try expectFinding("P020", in: meter, Edit("power: 1000 W", "power: ¦1000"))
    try expectFinding("P003", in: meter, Edit("x_mode: off", "x_mode: ¦of"), says: "off")
    try expectFinding("P003", in: meter, Edit("x_mode: off", "x_mode: {value: off, quality: ¦god}"), says: "good")
    try expectFinding("P040", in: meter, Edit("given: idle,", "given: idle, options: {¦tap: a},"), says: "taps")
    try expectFinding("P003", in: meter, Edit("given: idle,", "given: idle, options: {taps: ¦c},"))
    try expectFinding("P040", in: meter, Edit("given: idle,", "given: idle, command: {¦charge: 6 A},"), says: "charge")
    try expectFinding("P003", in: meter, Edit("given: idle,", "given: idle, expect_writes: [¦06 1F9D 64],"))
    try expectFinding("P051", in: meter, Edit("given: idle,", "given: idle, ¦expect_plan: {all: []},"), says: "line")
    try expectFinding(
        "P051", in: meter, Edit("given: idle,", "given: idle, scenario: [{at: 5 s}, {at: ¦4 s}],"), says: "rising")
}

@Test func p080TheVersionTellsWhatChanged() throws {
    let old = try SampleProfile.document(meter)
    func changed(_ edits: [(String, String)]) throws -> [String] {
        let text = edits.reduce(meter) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
        return try SampleProfile.document(text).versionDiagnostics(since: old).map {
            "\($0.line):\($0.column) \($0.code)"
        }
    }
    #expect(try changed([]) == [])
    #expect(try changed([("# none", "")]) == [])
    #expect(try changed([("Bench", "Bench two")]) == ["3:10 P080"])
    #expect(try changed([("Bench", "Bench two"), ("1.2.0", "1.2.1")]) == [])
    #expect(
        try changed([
            ("  x_word: {at: 14, type: u16, poll: slow}\n", ""), ("on-change x_word", "slow"), ("1.2.0", "1.3.0"),
        ]) == ["3:10 P080"])
    #expect(
        try changed([
            ("{at: 14, type: u16, poll: slow}", "{at: 14, type: u16, unit: V, poll: slow}"), ("1.2.0", "1.3.0"),
        ]) == ["38:3 P080"])
    #expect(
        try changed([
            ("{at: 14, type: u16, poll: slow}", "{at: 14, type: u16, unit: V, poll: slow}"), ("1.2.0", "2.0.0"),
        ]) == [])
}

@Test func p080RecordingsOfAnOlderMajorVersionAreMadeAgain() throws {
    let recorded =
        "{recorded: {serial_hash: ab, firmware: v1, date: 2026-01-01, tool: ¦chargehost 1.0 test.meter 0.9.0}}"
    try expectFinding("P080", in: meter, Edit("origin: synthetic", "origin: \(recorded)"), says: "record it again")
}
