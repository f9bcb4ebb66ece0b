import DeviceProfiles
import DriverAPI
import Testing

private func document() throws -> ProfileDocument {
    let text = SampleProfile.meter.replacing(
        "  ratio:",
        with: "  limit: {type: current, range: 6 A..63 A}\n  delay: {type: duration, default: 2 min}\n  ratio:")
    return try SampleProfile.document(text)
}

private func problem(_ written: [String: String]) throws -> String? {
    let document = try document()
    do {
        _ = try document.optionValues(written)
        return nil
    } catch {
        return error.description
    }
}

@Test func answersAreReadByTypeAndTheRestIsDefault() throws {
    let values = try document().optionValues(["limit": "16 A", "taps": "b"])
    #expect(values["limit"] == .number(16))
    #expect(values["taps"] == .member("b"))
    #expect(values["turned"] == .bool(false))
    #expect(values["delay"] == .number(120))
    #expect(values["ratio"] == .number(1))
}

@Test func aProblemNamesTheOptionAndWhatIsAllowed() throws {
    #expect(try problem(["limit": "16 A"]) == nil)
    #expect(try problem([:]) == "option limit must be answered: 6 A to 63 A")
    #expect(try problem(["limit": "64 A"])?.hasPrefix("option limit: 64 A is outside 6 A to 63 A") == true)
    #expect(try problem(["limit": "16 A", "taps": "c"])?.hasSuffix("allowed is a, b") == true)
    #expect(try problem(["limit": "16 A", "turned": "yes"])?.hasSuffix("allowed is true or false") == true)
    #expect(try problem(["limit": "16"])?.contains("16 needs a unit") == true)
    #expect(try problem(["limt": "16 A"]) == "option limt is unknown, did you mean \"limit\"?")
}

@Test func anOptionOfTheFileHasAPossibleDefault() throws {
    try expectFinding(
        "P003", in: SampleProfile.meter, Edit("range: [1, 100], default: 1", "range: [1, 100], default: ¦0"))
    try expectFinding("P003", in: SampleProfile.meter, Edit("default: a}", "default: ¦c}"), says: "a, b")
    try expectFinding("P003", in: SampleProfile.meter, Edit("range: [1, 100]", "range: ¦[100, 1]"), says: "empty")
}
