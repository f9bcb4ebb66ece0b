import DeviceProfiles
import Testing

private let wallbox = SampleProfile.wallbox
private let limit = "write: {fc: 6, persist: ram, range: [6 A, 32 A], step: 1 A, verify: {after: 500 ms, within: 5 s}}"

@Test func p030WritesTurnIntoRawValues() throws {
    try expectFinding("P030", in: wallbox, Edit("write: {fc: 16", "write: {fc: ¦6"), says: "fc 16")
    try expectFinding("P030", in: wallbox, Edit("[6 A, 32 A]", "[6 A, ¦7000 A]"), says: "70000")
    try expectFinding("P030", in: wallbox, Edit("step: 1 A", "step: ¦0.25 A"), says: "multiple")
    try expectFinding("P030", in: wallbox, Edit("[6 A, 32 A]", "¦[32 A, 6 A]"), says: "empty")
    try expectFinding("P020", in: wallbox, Edit("[6 A, 32 A]", "[¦6 W, 32 A]"))
    try expectFinding(
        "P030", in: wallbox, Edit("x_wide: {at: 204, type: u32", "x_wide: {at: 204, type: u32, scale: 10"),
        Edit("x_wide: 7", "x_wide: ¦9999999999999"))
    try expectFinding(
        "P030", in: wallbox, Edit("x_wide: {at: 204, type: u32", "x_wide: {table: input, at: 204, type: u32"),
        Edit("write: {fc: 16", "write: {fc: ¦16"), says: "holding")
    try expectFinding(
        "P030", in: wallbox, Edit("x_wide: {at: 204, type: u32", "x_wide: {at: 204, type: ascii, words: 2"),
        Edit("write: {fc: 16", "write: {type: ¦u32, fc: 16"), Edit("init:\n  - {write: {x_wide: 7}}\n", ""),
        says: "text")
    try expectFinding(
        "P030", in: wallbox, Edit("stop: [charging_allowed]", "stop: [charging_allowed, {write: {¦state: A}}]"),
        says: "no `write`")
    try expectFinding("P030", in: wallbox, Edit("{write: {x_open: 1}}", "{write: {x_open: ¦70000}}"))
}

@Test func p031ControlDoesNotWearOutMemory() throws {
    try expectFinding(
        "P031", in: wallbox, Edit("persist: unknown, budget: 40/day", "persist: flash, budget: 40/day"),
        Edit("{set: phases_set,", "{set: ¦phases_set,"), says: "flash")
    try expectFinding(
        "P031", in: wallbox, Edit("budget: 40/day, ", ""), Edit("{set: phases_set,", "{set: ¦phases_set,"),
        says: "budget")
    try expectFinding("P031", in: wallbox, Edit("{point: x_open, value: 1}", "{point: ¦failsafe_timeout}"), says: "RAM")
    try expectFinding(
        "P031", in: wallbox,
        Edit(
            "satisfied_by: token\n  token: {point: x_open, value: 1}",
            "satisfied_by: any-write\n  token: {point: ¦phases_set}"))
    try expectFinding(
        "P031", in: wallbox,
        Edit("fc: 6, persist: ram, kind: command", "fc: 6, persist: flash, budget: 1/day, kind: command"),
        Edit("  - {write: {x_wide: 7}}", "  - {write: ¦{x_open: 7}}"), Edit("{write: {x_open: 1}}", "{wait: 1 s}"),
        Edit("satisfied_by: token\n  token: {point: x_open, value: 1}", "satisfied_by: any-read"), says: "each connect")
}

@Test func p032WritesSayWhereTheyAreKept() throws {
    try expectFinding(
        "P032", in: wallbox,
        Edit("type: bool16\n    write: {fc: 6, persist: ram}", "type: bool16\n    write: ¦{fc: 6}"),
        says: "persist")
    try expectFinding("P032", in: wallbox, Edit("persist: flash, budget: 20/year", "persist: ¦flash"), says: "budget")
}

@Test func anUnknownPersistenceHasABudgetOfTenADay() throws {
    let text = wallbox.replacingOccurrences(
        of: "x_wide: {at: 204, type: u32, write: {fc: 16, persist: ram}",
        with: "x_wide: {at: 204, type: u32, write: {fc: 16, persist: unknown}")
    let write = try SampleProfile.document(text).profile.point("x_wide")?.write
    #expect(write?.budget == .init(count: 10, period: .seconds(86400)))
}

@Test func p033LimitsAndFailSafeAreReadBack() throws {
    try expectFinding(
        "P033", in: wallbox, Edit(limit, "¦write: {fc: 6, persist: ram, range: [6 A, 32 A]}"), says: "current_limit")
    try expectFinding("P033", in: wallbox, Edit("after: 500 ms, within: 5 s", "after: 6 s, within: ¦5 s"))
    try expectFinding("P033", in: wallbox, Edit("{after: 500 ms, within: 5 s}", "¦{after: 500 ms}"), says: "within")
    try expectFinding("P033", in: wallbox, Edit("kind: command}", "kind: command, verify: ¦{within: 5 s}}"), says: "by")
    try expectFinding(
        "P033", in: wallbox,
        Edit(
            "kind: setting, persist: ram, verify: {within: 5 s}",
            "kind: setting, persist: ram, verify: {by: ¦x_open, within: 5 s}"))
}

@Test func p034AShortDeadlineIsAWarning() throws {
    try expectFinding(
        "P034", in: wallbox, Edit("{from: failsafe_timeout, zero_means: never, assume: 60 s}", "¦50 ms"),
        says: "bus round")
}

@Test func p035UnattendedChargingIsAWarning() throws {
    let start = try #require(wallbox.firstRange(of: "keepalive:"))
    let text = String(wallbox[..<start.lowerBound])
    try expectFinding("P035", in: text, Edit("control:", "¦control:"), says: "unattended")
    try expectFinding("P035", in: text, Edit("    on_disconnect: leave\n", ""), Edit("control:", "¦control:"))
    _ = try SampleProfile.document(text.replacingOccurrences(of: "on_disconnect: leave", with: "on_disconnect: stop"))
}

@Test func p060ABusyBusIsAWarningWithNumbers() throws {
    // 2 registers at 1200 baud 8N1: 17 characters of 8.333 ms, twice 29.17 ms of silence and 30 ms: 230 ms, times 16.
    try expectFinding(
        "P060", in: wallbox, Edit("points:", "¦points:"),
        Edit("modbus:", "link: {serial: {baud: 1200, parity: none, stop: 1}}\nmodbus:"),
        Edit("at: 100\n", "at: 100\n    type: u32\n"),
        says: "230 ms: 16 devices at 1200,8,n,1 would be asked every 3.7 s only")
    // Twice as fast: 17 characters of 4.167 ms, twice 14.58 ms and 30 ms are 130 ms; 16 devices take 2.1 s.
    let quick = wallbox.replacingOccurrences(
        of: "modbus:", with: "link: {serial: {baud: 2400, parity: none, stop: 1}}\nmodbus:"
    ).replacingOccurrences(of: "at: 100\n", with: "at: 100\n    type: u32\n")
    _ = try SampleProfile.document(quick)
}
