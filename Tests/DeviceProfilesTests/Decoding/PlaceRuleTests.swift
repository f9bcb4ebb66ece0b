import DeviceProfiles
import Testing

private let meter = SampleProfile.meter
private let wallbox = SampleProfile.wallbox

@Test func p010AddressesExist() throws {
    try expectFinding("P010", in: meter, Edit("  addressing: {base: 0}\n", ""), Edit("  max_read", "  ¦max_read"))
    try expectFinding("P010", in: meter, Edit("addressing: {base: 0}", "addressing: ¦{}"))
    try expectFinding("P010", in: wallbox, Edit("at: 110", "at: ¦-1"))
    try expectFinding("P010", in: wallbox, Edit("at: 110", "at: ¦65536"))
    try expectFinding("P010", in: wallbox, Edit("{at: 204, type: u32,", "{at: ¦65535, type: u32,"))
    try expectFinding("P010", in: meter, Edit("at: 40, words", "at: ¦70000, words"))
    try expectFinding("P010", in: meter, Edit("[0..49, 100..119]", "[0..49, ¦100..70000]"))
    try expectFinding("P010", in: meter, Edit("[0..49, 100..119]", "[0..49, ¦49..119]"))
}

@Test func p010Base1CountsFromOne() throws {
    try expectFinding("P010", in: wallbox, Edit("base: 0", "base: 1"), Edit("at: 110", "at: ¦0"))
    let last = wallbox.replacingOccurrences(of: "base: 0", with: "base: 1").replacingOccurrences(
        of: "110", with: "65536")
    #expect(try SampleProfile.document(last).profile.point("charging_allowed")?.place?.address == 65535)
}

@Test func p010ModiconNotationIsTakenApart() throws {
    var text = wallbox.replacingOccurrences(of: "base: 0", with: "base: modicon")
    for (plain, printed) in [
        ("at: 100", "at: 30101"), ("at: 110", "at: 40111"), ("at: 200", "at: 400201"), ("at: 201", "at: 40202"),
        ("at: 202", "at: 40203"), ("at: 203", "at: 40204"), ("at: 204", "at: 465535"), ("at: 300", "at: 40301"),
    ] { text = text.replacingOccurrences(of: plain, with: printed) }
    let profile = try SampleProfile.document(text).profile
    #expect(profile.point("state")?.place?.table == .input)
    #expect(profile.point("state")?.place?.address == 100)
    #expect(profile.point("current_limit")?.place?.table == .holding)
    #expect(profile.point("current_limit")?.place?.address == 200)
    #expect(profile.point("current_limit")?.write?.place.address == 200)
    #expect(profile.point("x_wide")?.place?.address == 65534)
    #expect(profile.point("x_open")?.write?.place.address == 300)
    try expectFinding("P010", in: text, Edit("at: 30101", "at: ¦20101"), says: "modicon")
    try expectFinding("P010", in: text, Edit("at: 30101", "at: ¦465537"))
    try expectFinding("P010", in: text, Edit("at: 30101", "table: holding\n    at: ¦30101"), says: "input")
}

@Test func p011PointsLieInsideOneIsland() throws {
    try expectFinding("P011", in: meter, Edit("at: 14, type", "at: ¦60, type"), says: "outside")
    try expectFinding(
        "P011", in: meter, Edit("{at: 0, type: s32", "{at: ¦49, type: s32"), Edit("0: {s32: [1000]}, ", ""),
        Edit("power: 1000 W, ", ""), Edit("points: {power: {at: 30}, x_half", "points: {power: {poll: slow}, x_half"),
        says: "border")
    try expectFinding("P011", in: meter, Edit("at: 14, type: u16", "at: ¦45, type: u16"), says: "forbidden")
    try expectFinding(
        "P011", in: meter, Edit("words: 8, poll", "words: 20, poll"), Edit("max_read: 20", "max_read: 16"),
        Edit("x_name: {at: 100", "x_name: {at: ¦100"), Edit("words: 8}}", "words: 20}}"), says: "16")
    try expectFinding(
        "P011", in: meter, Edit("  forbidden:", "  whole: {holding: [10..12]}\n  forbidden:"),
        Edit(
            "frequency: {at: 12, type: s16, scale_from: x_power_of_ten}",
            "frequency: {at: 19}\n  x_two: {at: ¦12, type: u32}"),
        Edit("  x_power_of_ten: {at: 13, type: s16, poll: static}\n", ""), says: "whole")
}

@Test func p011AWriteFitsOneRequest() throws {
    try expectFinding(
        "P011", in: wallbox, Edit("max_write: 10", "max_write: 1"), Edit("write: {fc: 16", "write: ¦{fc: 16"))
}

@Test func p012OverlapsNeedTheSameTypeOrAView() throws {
    try expectFinding("P012", in: meter, Edit("{at: 10, type: u16, view_of: energy_import}", "{at: ¦10, type: u16}"))
    try expectFinding("P012", in: meter, Edit("  x_bit:", "  x_more: {at: ¦11, type: s16}\n  x_bit:"), says: "view_of")
    let same = meter.replacingOccurrences(of: "  x_bit:", with: "  x_more: {at: 14, type: u16, scale: 2}\n  x_bit:")
    _ = try SampleProfile.document(same)
}

@Test func p013LanesDoNotOverlap() throws {
    try expectFinding(
        "P013", in: meter, Edit("at: 2, type: u16, scale", "at: ¦[2, 3], type: u16, scale"), says: "2 addresses")
    try expectFinding("P013", in: meter, Edit("at: 2, type: u16, scale", "at: 2, stride: ¦0, type: u16, scale"))
    try expectFinding("P013", in: meter, Edit("at: 2, type: u16, scale", "at: ¦[2, 3, 2], type: u16, scale"))
    try expectFinding("P013", in: meter, Edit("lanes: [l1, l2, l3], ", ""), Edit("  current.*", "  ¦current.*"))
    try expectFinding("P013", in: meter, Edit("bit: 3,", "bit: 3, ¦lanes: [l1],"), says: ".*")
    try expectFinding("P013", in: meter, Edit("{at: 14, type", "{at: ¦[14, 15], type"), says: "lanes")
}

@Test func lanesTakeTheirStrideAlsoDownwards() throws {
    let text = meter.replacingOccurrences(of: "at: 2, type: u16, scale", with: "at: 8, stride: -2, type: u16, scale")
    let profile = try SampleProfile.document(text).profile
    #expect(["l1", "l2", "l3"].map { profile.point("current.\($0)")?.place?.address } == [8, 6, 4])
    let irregular = meter.replacingOccurrences(of: "at: 2, type: u16, scale", with: "at: [2, 8, 20], type: u16, scale")
    let other = try SampleProfile.document(irregular).profile
    #expect(["l1", "l2", "l3"].map { other.point("current.\($0)")?.place?.address } == [2, 8, 20])
}

@Test func p014NumbersAreNotCutAndGroupsFitOneRequest() throws {
    try expectFinding(
        "P014", in: meter, Edit("max_read: 20", "max_read: {holding: 20, input: 1}\n  whole_points: false"),
        Edit("  x_bit:", "  x_long: {table: input, at: ¦0, type: f32}\n  x_bit:"))
    try expectFinding(
        "P014", in: meter, Edit("at: 14, type", "at: 14, atomic: ¦g, type"), Edit("at: 16,", "at: 40, atomic: g,"))
    try expectFinding(
        "P014", in: meter, Edit("at: 14, type", "at: 14, atomic: ¦g, type"),
        Edit("{at: 16, enum", "{table: input, at: 6, atomic: g, enum"), says: "tables")
    try expectFinding(
        "P014", in: meter, Edit("scale_from: x_power_of_ten", "scale_from: ¦x_power_of_ten"),
        Edit("at: 13,", "at: 101,"), Edit("x_name: {at: 100", "x_name: {at: 110"), Edit("100: {ascii", "110: {ascii"))
}

@Test func aValueAndItsPowerOfTenAreOneAtomicItem() throws {
    let profile = try SampleProfile.document(meter).profile
    let group = try #require(profile.point("frequency")?.atomic)
    #expect(profile.point("x_power_of_ten")?.atomic == group)
    #expect(profile.points.count { $0.atomic == group } == 2)
}

@Test func fieldsOfBitsStayInsideTheirType() throws {
    try expectFinding("P024", in: meter, Edit("bit: 3,", "bit: ¦16,"), says: "u16")
    try expectFinding("P024", in: meter, Edit("bit: 3,", "type: f32, bit: ¦3,"))
    try expectFinding("P003", in: meter, Edit("{at: 14, bit: 3,", "{at: ¦14, type: u8,"), says: "byte")
}
