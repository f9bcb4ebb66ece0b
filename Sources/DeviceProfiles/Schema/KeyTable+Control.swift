extension KeyTable {
    private static let steps = KeyForm.list(.either([.shaped(.point), .section(.step)]))
    private static let finally = KeyRule("finally", steps, "Steps after a failure; their own failures are logged.")
    private static let freezes = KeyRule(
        "freezes", .list(.shaped(.point)), "Points that are stale from the first step to the end.")
    private static let writes = KeyForm.map(keys: .point, .expression)

    static let controlSections: [KeySection] = [
        KeySection(
            .control, "The commands.",
            [
                KeyRule("charge", .section(.charge), "Offering current or power to the car."),
                KeyRule("phases", .section(.phases), "Switching phases."),
                KeyRule("wake_up", .section(.wakeUp), "Waking a car that sleeps."),
                KeyRule("lock", .section(.setBlock), "Locking the plug."),
                KeyRule("display", .section(.setBlock), "Showing a text."),
                KeyRule("recover", .later(.named("recover"), .section(.later)), "Steps out of a fault."),
                KeyRule("mode", .later(.named("modes"), .section(.later)), "Modes of inverters and batteries."),
                KeyRule("power", .later(.named("modes"), .section(.later)), "The power of a battery."),
                KeyRule("power_limit", .later(.named("modes"), .section(.later)), "The power limit of an inverter."),
            ]),
        KeySection(
            .charge, "Offering current or power to the car.",
            [
                KeyRule("set", .shaped(.point), "The set-point; current_limit, else power_limit unless said."),
                KeyRule(required: "start", steps, "From off or unknown to on."),
                KeyRule("limit", steps, "To another value while on; the set-point unless said."),
                KeyRule(required: "stop", steps, "To off."),
                KeyRule("off", .literal, "What the set-point gets in `stop`: a quantity, or raw N."),
                KeyRule("minimum", .expression, "The lowest value that charges."),
                KeyRule("below_minimum", .word(["stop", "minimum"]), "What happens below it; stop unless said."),
                KeyRule("when", .expression, "When start and limit are allowed."),
                KeyRule(
                    "on_disconnect", .either([.word(["leave", "stop"]), .quantity]),
                    "When the host leaves on purpose; leave unless said."),
                KeyRule("voltage", .expression, "V per phase, for set-points in W; 230 V unless said."),
                KeyRule("phases", .expression, "Phases, for set-points in W."),
                KeyRule("of", .expression, "What 100 % is, in A or W."),
                finally,
            ]),
        KeySection(
            .phases, "Switching phases.",
            [
                KeyRule("set", .shaped(.point), "The point that is set; phases_set unless said."),
                KeyRule("when", .expression, "When it is allowed."),
                KeyRule("pause", .boolean, "Whether charging is stopped before and started after."),
                KeyRule("steps", steps, "Steps instead of `set`."), freezes, finally,
            ]),
        KeySection(
            .wakeUp, "Waking a car that sleeps.",
            [
                KeyRule(required: "steps", steps, "What is done."),
                KeyRule("when", .expression, "When it is allowed."),
                KeyRule("cooldown", .duration, "Time between two runs; 10 min unless said."), freezes, finally,
            ]),
        KeySection(
            .setBlock, "A command that sets one point.",
            [
                KeyRule(required: "set", .shaped(.point), "The point.")
            ]),
        KeySection(.later, "A block of a later version.", others: (.any, .literal), []),
        KeySection(
            .step, "A step.", oneOf: ["write", "wait", "wait_until"],
            [
                KeyRule("write", writes, "Writes one point: a literal, raw N or an expression."),
                KeyRule("wait", .duration, "Waits."),
                KeyRule("wait_until", .expression, "Waits until this holds."),
                KeyRule("at_most", .duration, "The longest wait."),
                KeyRule("poll", .duration, "How often the points are read meanwhile; 1 s unless said."),
                KeyRule("else", .word(["fail", "continue"]), "When it does not hold in time; fail unless said."),
                KeyRule("when", .expression, "Skipped unless this holds."),
            ]),
        KeySection(
            .initWrite, "A write after each connect.",
            [
                KeyRule(required: "write", writes, "The point and its value."),
                KeyRule("when", .expression, "Skipped unless this holds."),
                KeyRule("needed", .boolean, "Whether no command is sent when it failed; true unless said."),
            ]),
        KeySection(
            .keepalive, "The device's watchdog.",
            [
                KeyRule(
                    required: "satisfied_by", .word(KeepAlive.SatisfiedBy.allCases.map(\.rawValue)),
                    "What the device counts as a sign of life."),
                KeyRule("token", .section(.token), "What is written when nothing else was."),
                KeyRule("deadline", .either([.expression, .section(.deadline)]), "How long the device waits."),
                KeyRule("share", .number, "The host acts every share x deadline; 0.4 unless said."),
                KeyRule(
                    required: "device_then",
                    .either([.word(["stops", "keeps", "unknown"]), .section(.deviceThen)]),
                    "What the device does after the deadline."),
                KeyRule("settings", .list(.shaped(.point)), "Points that the host sets from the site."),
            ]),
        KeySection(
            .token, "What is written when nothing else was.",
            [
                KeyRule(required: "point", .shaped(.point), "The point."),
                KeyRule("value", .either([.literal, .section(.tokenCount)]), "A literal, same, toggle, or a count."),
            ]),
        KeySection(
            .tokenCount, "A token that counts.",
            [
                KeyRule(required: "count", .list(.integer(0...65535)), "First and last number.")
            ]),
        KeySection(
            .deadline, "A deadline that a point shows.",
            [
                KeyRule(required: "from", .shaped(.point), "The point."),
                KeyRule("zero_means", .word(["never", "at-once"]), "What 0 means; at-once unless said."),
                KeyRule(required: "assume", .duration, "Until the point is known."),
            ]),
        KeySection(
            .deviceThen, "What the device does after the deadline.",
            [
                KeyRule(
                    required: "limits_to", .either([.shaped(.point), .quantity]), "A point, or a current or power.")
            ]),
        KeySection(
            .variant, "A patch that holds under a condition.",
            [
                KeyRule(required: "when", .expression, "The condition, over options and facts."),
                KeyRule("name", .text, "Its name, for reports."),
                KeyRule("link", .section(.variantLink), "Changes of the timing."),
                KeyRule("modbus", .section(.variantModbus), "Changes of the requests."),
                KeyRule("points", .map(keys: .point, .section(.point)), "Changed and new points; `~` removes one."),
                KeyRule("control", .section(.control), "Changes of the commands."),
                KeyRule("init", .list(.section(.initWrite)), "Replaces what is written after each connect."),
                KeyRule("keepalive", .section(.keepalive), "Changes of the watchdog."),
                KeyRule("units", .later(.named("units"), .map(keys: .name, .literal)), "Repeated units."),
            ]),
    ]
}
