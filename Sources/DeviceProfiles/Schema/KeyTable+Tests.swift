import DriverAPI

extension KeyTable {
    private static let options = KeyRule("options", .map(keys: .name, .literal), "Options as in the site file.")
    private static let commands = KeyRule(
        "command", .either([.section(.command), .list(.section(.command))]), "One command, or several one by one.")
    private static let expect = KeyRule("expect", .section(.expectation), "Values of the host, by name.")
    private static let frames = KeyForm.list(.shaped(.writeFrame))
    private static let requests = KeyForm.list(.shaped(.planRequest))
    private static let expected = KeyForm.either([.literal, .list(.literal), .section(.expectedValue)])

    static let testSections: [KeySection] = [
        KeySection(
            .test, "A test.",
            [
                KeyRule(required: "name", .text, "A claim."),
                KeyRule("given", .shaped(.name), "The fixture."), options,
                KeyRule("line", .section(.line), "The line, for plans."), commands, expect,
                KeyRule("expect_writes", frames, "All write frames of the command in order."),
                KeyRule("expect_init", frames, "All write frames of init."),
                KeyRule("expect_refused", .text, "Part of the reason."),
                KeyRule("expect_plan", .section(.plans), "Requests by class."),
                KeyRule("scenario", .list(.section(.scenarioEntry)), "What happens, in rising time."),
            ]),
        KeySection(
            .line, "The line, for plans.",
            [
                KeyRule(required: "bus", .shaped(.bus), "As in the site file, or tcp."),
                KeyRule(required: "latency", .duration, "The device's turnaround."),
            ]),
        KeySection(
            .command, "A command.", oneOf: ["charge", "phases", "wake_up", "lock", "display", "mode", "set"],
            [
                KeyRule("charge", .either([.word(["on", "off"]), .quantity]), "A current, a power, on or off."),
                KeyRule("phases", .word(PhaseSelection.allCases.map(\.rawValue)), "1, 3 or auto."),
                KeyRule("wake_up", .word(["true"]), "Wakes the car."),
                KeyRule("lock", .boolean, "Locks or unlocks the plug."),
                KeyRule("display", .text, "Shows a text."),
                KeyRule("mode", .later(.named("modes"), .text), "A mode."),
                KeyRule("set", .map(keys: .point, .literal), "Writes a setting."),
            ]),
        KeySection(
            .expectation, "Expected values by name.", others: (.point, expected),
            [
                KeyRule("identify", .integer(0...100), "The score of this profile."),
                KeyRule(
                    "not", .list(.shaped(.profileID)), "Profiles that stay below their own ask_installer_from."),
            ]),
        KeySection(
            .expectedValue, "A value and its quality.", oneOf: ["value", "quality"],
            [
                KeyRule("value", .either([.literal, .list(.literal)]), "The value."),
                KeyRule("quality", .literal, "The quality."),
            ]),
        KeySection(
            .plans, "Requests by class.",
            ["fast", "normal", "slow", "static", "all"].map {
                KeyRule($0, requests, $0 == "all" ? "Every point but on-demand ones." : "The class \($0) alone.")
            }),
        KeySection(
            .scenarioEntry, "Something that happens, or must be so.",
            [
                KeyRule(required: "at", .duration, "When, from the start."), commands,
                KeyRule(
                    "device", .word(ScenarioEntry.DeviceEvent.allCases.map(\.rawValue)), "What the device does."),
                KeyRule("host", .word(ScenarioEntry.HostEvent.allCases.map(\.rawValue)), "What the host does."),
                KeyRule("for", .duration, "How long."),
                KeyRule("registers", .section(.image), "Changes the image."),
                KeyRule("exceptions", .section(.exceptions), "Changes the refusals."),
                KeyRule("torn", .boolean, "Whether the image changes in the middle of the next read."), expect,
                KeyRule("expect_device", .section(.expectation), "The device's registers."),
                KeyRule("expect_writes", frames, "Frames since the entry before."),
                KeyRule("within", .duration, "How long to wait for the frames."),
            ]),
    ]
}
