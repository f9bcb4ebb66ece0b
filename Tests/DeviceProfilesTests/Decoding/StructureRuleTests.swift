import DeviceProfiles
import Testing

private let meter = SampleProfile.meter
private let wallbox = SampleProfile.wallbox

@Test(arguments: [SampleProfile.meter, SampleProfile.wallbox])
func theSampleProfilesHaveNoFindings(text: String) {
    #expect(ProfileDocument.load(Array(text.utf8), file: "t.yaml").diagnostics.map(\.description) == [])
}

@Test func p001ADuplicateKeyIsFoundEvenInAnotherNotation() throws {
    try expectFinding("P001", in: meter, Edit("title: {en: Test meter,", "title: {en: Test meter, ¦en: Twice,"))
    try expectFinding("P001", in: meter, Edit("10: [0, 256],", "10: [0, 256], ¦0xA: [0, 256],"))
}

@Test func p001APointThatALaneAlreadyMakesIsDefinedTwice() throws {
    try expectFinding("P001", in: meter, Edit("  frequency:", "  ¦current.l2: {at: 20}\n  frequency:"))
}

@Test func p002AnUnknownKeyNamesTheNearestOne() throws {
    try expectFinding("P002", in: meter, Edit("license:", "¦licence: MIT\nlicense:"), says: "license")
    try expectFinding("P002", in: meter, Edit("bit: 3,", "bit: 3, ¦pol: slow,"), says: "poll")
    try expectFinding("P002", in: wallbox, Edit("    freezes:", "    ¦freeze: [state]\n    freezes:"), says: "freezes")
    try expectFinding("P002", in: wallbox, Edit("{wait: 5 s}", "{wait: 5 s, ¦at_most: 9 s}"), says: "wait_until")
}

@Test func p003WrongKindsAreFoundAtTheValue() throws {
    try expectFinding("P003", in: meter, Edit("retries: 1", "retries: ¦one"), says: "one")
    try expectFinding("P003", in: meter, Edit("retries: 1", "retries: ¦[1]"), says: "list")
    try expectFinding("P003", in: meter, Edit("retries: 1", "retries: ¦99"), says: "0..10")
    try expectFinding("P003", in: meter, Edit("timeout: 500 ms", "timeout: ¦soon"), says: "quantity")
    try expectFinding(
        "P003", in: meter, Edit("turned: {type: bool, default: false}", "turned: {type: bool, default: ¦no}"))
    try expectFinding("P003", in: meter, Edit("  tcp: {port: 502}", "  tcp: ¦502"), says: "mapping")
    try expectFinding("P003", in: meter, Edit("at: 14, type", "at: ¦14.1, type"))
    try expectFinding("P003", in: meter, Edit("at: 14, type", "at: ¦014, type"), says: "leading zero")
}

@Test func p003AMissingKeyIsFoundWhereItsMappingBegins() throws {
    try expectFinding("P003", in: meter, Edit("- {brand: Test, model: One}", "- ¦{brand: Test}"), says: "\"model\"")
    try expectFinding("P003", in: meter, Edit("id: test.meter\n", ""), Edit("schema:", "¦schema:"), says: "\"id\"")
    try expectFinding("P003", in: wallbox, Edit("\n  satisfied_by: token", ""), Edit("  token: {", "  ¦token: {"))
}

@Test func p003WordsOutsideAListNameTheNearestOne() throws {
    try expectFinding("P003", in: meter, Edit("poll: fast, plaus", "poll: ¦fats, plaus"))
    try expectFinding("P003", in: wallbox, Edit("kind: command", "kind: ¦comand"), says: "command")
    try expectFinding("P003", in: meter, Edit("class: meter", "class: ¦metre"), says: "meter")
}

@Test func p004ToP009AreThoseOfTheReader() throws {
    try expectFinding("P004", in: meter, Edit("  tcp: {port: 502}", "¦\ttcp: {port: 502}"))
    try expectFinding("P005", in: meter, Edit("{brand: Test, model: One}", "{brand: ¦&b Test, model: One}"))
    try expectFinding("P008", in: meter, Edit("  tcp: {port: 502}", "  tcp: {port: 502\npoints¦: {"))
    let large = [UInt8](repeating: UInt8(ascii: "#"), count: 256 * 1024 + 1)
    #expect(ProfileDocument.load(large, file: "t.yaml").diagnostics.map(\.code) == ["P006"])
    let deep = Array("a: \(String(repeating: "[", count: 80))".utf8)
    #expect(ProfileDocument.load(deep, file: "t.yaml").diagnostics.map(\.code) == ["P007"])
    #expect(ProfileDocument.load([0x61, 0x3A, 0x20, 0xFF], file: "t.yaml").diagnostics.map(\.code) == ["P009"])
}

@Test func anEmptyFileAndAListAreNoProfiles() {
    for text in ["", "- a", "text"] {
        let load = ProfileDocument.load(Array(text.utf8), file: "t.yaml")
        #expect(load.document == nil)
        #expect(load.diagnostics.map(\.description).first?.hasPrefix("t.yaml:1:1 P003") == true)
    }
}

@Test func p070TextsLicenceAndSourcesMustBeThere() throws {
    try expectFinding("P070", in: meter, Edit("{en: Test meter, de: Testzähler}", "¦{de: Testzähler}"), says: "English")
    let long = String(repeating: "x", count: 61)
    try expectFinding("P070", in: meter, Edit("de: Testzähler", "de: ¦\(long)"), says: "61")
    try expectFinding("P070", in: meter, Edit("license: Apache-2.0\n", ""), Edit("schema:", "¦schema:"))
    try expectFinding("P070", in: meter, Edit("[{kind: measured, title: Bench}]", "¦[]"))
}

@Test func p071ConstructsOfLaterVersionsAreNamed() throws {
    try expectFinding("P071", in: meter, Edit("license:", "¦extends: a.b\nlicense:"), says: "later version")
    try expectFinding("P071", in: meter, Edit("license:", "¦abstract: true\nlicense:"))
    try expectFinding("P071", in: meter, Edit("  tcp:", "  ¦framing: ascii\n  tcp:"), says: "[ascii]")
    try expectFinding("P071", in: meter, Edit("  tcp:", "  ¦repeat: 2\n  tcp:"))
    try expectFinding("P071", in: meter, Edit("max_read: 20", "¦register_bits: 32"), says: "[register-bits]")
    try expectFinding("P071", in: meter, Edit("bit: 3,", "bit: 3, ¦unit_id: 200,"))
    try expectFinding("P071", in: meter, Edit("bit: 3,", "bit: 3, ¦per: dc,"), says: "[units]")
    try expectFinding("P071", in: meter, Edit("score: 60}", "score: 60, ¦unit_id: 9}"))
    try expectFinding("P071", in: meter, Edit("    origin: synthetic", "    ¦unit_id: {9: {}}\n    origin: synthetic"))
    try expectFinding("P071", in: meter, Edit("license:", "¦units: {s: {}}\nlicense:"), says: "[units]")
    try expectFinding("P071", in: meter, Edit("license:", "¦sunspec: {at: 40000}\nlicense:"), says: "[sunspec]")
    try expectFinding(
        "P071", in: wallbox, Edit("  charge:", "  ¦recover: {when: state == F}\n  charge:"), says: "[recover]")
    try expectFinding("P071", in: wallbox, Edit("  charge:", "  ¦mode: {hold: 1}\n  charge:"), says: "[modes]")
}

@Test func p071ANeedThatThisHostDoesNotHaveRefusesTheProfile() throws {
    try expectFinding("P071", in: meter, Edit("license:", "needs: [¦units]\nlicense:"), says: "units")
    try expectFinding(
        "P071", in: meter, Edit("license:", "needs: [¦plugin:vendor-login]\nlicense:"), says: "vendor-login")
    try expectFinding("P071", in: meter, Edit("schema: profile/1", "schema: ¦profile/2"), says: "profile/1")
    try expectFinding("P003", in: meter, Edit("schema: profile/1", "schema: ¦other"))
}

@Test func oneMistakeDoesNotHideTheNext() {
    var text = meter
    text = text.replacingOccurrences(of: "unit: kWh", with: "unit: KWh")
    text = text.replacingOccurrences(of: "expr: power / 2", with: "expr: pover / 2")
    text = text.replacingOccurrences(of: "class: meter", with: "class: metre")
    text = text.replacingOccurrences(of: "retries: 1", with: "retries: x")
    text = text.replacingOccurrences(of: "bit: 3,", with: "bit: 16,")
    let load = ProfileDocument.load(Array(text.utf8), file: "t.yaml")
    #expect(load.diagnostics.map { "\($0.line) \($0.code)" } == ["4 P003", "13 P003", "35 P020", "39 P024", "41 P040"])
    #expect(
        load.diagnostics.map(\.description).contains { $0.hasSuffix("did you mean \"kWh\"? (point energy_import)") })
}
