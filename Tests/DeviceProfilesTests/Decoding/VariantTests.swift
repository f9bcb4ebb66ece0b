import DeviceProfiles
import DriverAPI
import Testing

private func document(_ path: String) throws -> ProfileDocument {
    try SampleProfile.document(SampleProfile.library(path))
}

@Test func withoutVariantsTheProfileIsTheFile() throws {
    let document = try document("wallbox/go-e.charger")
    let resolved = document.resolved(options: [:], facts: [:])
    #expect(resolved.applied == [])
    #expect(meaning(of: resolved.profile, isOrdered: true) == meaning(of: document.profile, isOrdered: true))
}

@Test func everyVariantThatHoldsIsAppliedInFileOrder() throws {
    let document = try document("wallbox/go-e.charger")
    let words = document.resolved(options: ["swap": .member("words")], facts: [:])
    #expect(words.applied == [0])
    #expect(words.profile.point("power")?.place?.order == .wordSwapped)
    #expect(words.profile.point("power")?.value.scale == Exact(1, over: 100))
    #expect(words.profile.point("rfid_tag")?.place?.order == .big)
    let both = document.resolved(options: ["swap": .member("words"), "generation": .member("v1")], facts: [:])
    #expect(both.applied == [0, 1])
    #expect(both.diagnostics == [])
    #expect(both.profile.point("power")?.place?.order == .wordSwapped)
    #expect(both.profile.point("power")?.value.scale == 10)
    #expect(both.profile.tests.count == document.profile.tests.count)
}

@Test func aVariantRemovesAPoint() throws {
    let document = try document("wallbox/heidelberg.energy-control")
    let old = document.resolved(options: [:], facts: ["layout": .version([1, 0, 6])])
    #expect(old.applied == [0])
    #expect(old.profile.point("energy_total") == nil)
    #expect(
        document.resolved(options: [:], facts: ["layout": .version([1, 0, 7])]).profile.point("energy_total") != nil)
}

@Test func anUnknownFactMakesItsComparisonFalse() throws {
    let heidelberg = try document("wallbox/heidelberg.energy-control")
    #expect(heidelberg.resolved(options: [:], facts: [:]).applied == [])
    let bender = try document("wallbox/bender.cc612")
    let legacy = bender.resolved(options: [:], facts: [:])
    #expect(legacy.applied == [0])
    #expect(legacy.profile.point("energy_session")?.place?.address == 705)
    #expect(legacy.profile.point("energy_session")?.place?.type == .u16)
    #expect(legacy.profile.point("energy_session")?.presence == .always)
    #expect(
        bender.resolved(options: [:], facts: ["model": .text("x")]).profile.point("energy_session")?.place?.address
            == 716)
}

@Test func aConditionMayCalculateWithFacts() throws {
    let keba = try document("wallbox/keba.p30")
    // Digit 5 of the product number, counted from the lowest: 3452110 has 4 there.
    let facts: [String: Value] = ["product": .number(3_452_110), "firmware": .number(10_200)]
    #expect(keba.resolved(options: [:], facts: facts).profile.point("energy_total")?.value.scale == 1)
    let newer = facts.merging(["firmware": .number(10_201)]) { $1 }
    #expect(keba.resolved(options: [:], facts: newer).profile.point("energy_total")?.value.scale == Exact(1, over: 10))
}

@Test func combinationsAreCompiledOnceAndFromAnyTask() async throws {
    let document = try document("wallbox/go-e.charger")
    let options: [String: Value] = ["swap": .member("words"), "generation": .member("v1")]
    let scales = await withTaskGroup(of: Exact?.self) { group in
        for _ in 0..<16 {
            group.addTask { document.resolved(options: options, facts: [:]).profile.point("power")?.value.scale }
        }
        return await group.reduce(into: [Exact?]()) { $0.append($1) }
    }
    #expect(scales == Array(repeating: 10, count: 16))
}

@Test func aCombinationThatFitsNobodyIsReportedWhenItIsMet() throws {
    // Each alone is right: the first moves the point to a table that only the second narrows.
    let text = SampleProfile.meter.replacing(
        "variants:",
        with: """
            variants:
              - {when: option.turned, points: {x_word: {at: 8, table: input}}}
              - {when: option.ratio == 2, modbus: {readable: {input: [0..7]}}}
            """)
    let document = try SampleProfile.document(text)
    #expect(document.resolved(options: ["turned": .bool(true)], facts: [:]).diagnostics == [])
    let both = document.resolved(options: ["turned": .bool(true), "ratio": .number(2)], facts: [:])
    #expect(both.applied == [0, 1])
    #expect(both.diagnostics.map(\.code) == ["P011"])
}
