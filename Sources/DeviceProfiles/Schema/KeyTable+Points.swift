extension KeyTable {
    /// Where a value is and how its words are read.
    static let placeKeys: [KeyRule] = [
        KeyRule(
            "at",
            .either([.address, .list(.address), .later(.named("sunspec"), .section(.modelPlace))]),
            "The first address; a list with `lanes` for irregular ones."),
        registerTable,
        KeyRule("type", .word(types), "How the words are read; u16 unless `defaults` says."),
        KeyRule("words", .integer(1...125), "Number of registers, for texts, bcd and versions."),
        order,
        KeyRule("bit", .integer(0...63), "One bit of the integer, 0 = lowest; the value is a boolean."),
        KeyRule("bits", .span, "A field of bits of the integer: lo..hi."),
        KeyRule("byte", .word(["hi", "lo"]), "One byte of the register."),
        KeyRule("split", .list(.integer(1...64)), "Version: bit widths from the top."),
        KeyRule("bcd", .boolean, "Version: each part is binary coded decimal."),
        KeyRule("digits", .list(.integer(1...19)), "Version: decimal digits from the top."),
        KeyRule("as", .word(["version"]), "A text that is a version."),
    ]

    private static let valueKeys: [KeyRule] = [
        KeyRule("unit", .unit, "Unit after scale and offset; the canonical one unless said."),
        KeyRule("approx", .boolean, "VA or var stand for W: shown as approximate, never for billing."),
        KeyRule("scale", .factor, "Factor of the raw number: a number or N/D."),
        KeyRule("offset", .factor, "Added after scaling, in `unit`."),
        KeyRule("scale_from", .shaped(.point), "The point with the power of ten."),
        KeyRule("invert", .expression, "Changes the sign, or negates a boolean."),
        KeyRule("invalid", .list(.span), "Raw values that mean no data."),
        KeyRule("absent_when", .expression, "When the point does not exist for now; `value` is its value."),
        KeyRule("plausible", .bounds, "What is believable."),
        KeyRule("counter", .section(.counter), "What a falling counter means."),
        KeyRule("enum", .map(keys: .any, .shaped(.member)), "Members by raw value, `other` for the rest."),
        KeyRule("reasons", .map(keys: .any, .shaped(.member)), "Reasons of the state by raw value."),
        KeyRule("flags", .map(keys: .any, .shaped(.member)), "Names of bits."),
    ]

    static let pointSections: [KeySection] = [
        KeySection(
            .point, "A point.",
            placeKeys + [
                KeyRule("lanes", .list(.shaped(.member)), "Names that `.*` stands for; one point each."),
                KeyRule("stride", .integer(-65535...65535), "Registers from lane to lane; the width unless said."),
                unitID,
                KeyRule("per", .later(.named("units"), .shaped(.name)), "The repeated unit that it belongs to."),
                KeyRule("atomic", .shaped(.name), "Points with this name are read in one request."),
                KeyRule("view_of", .shaped(.point), "The point whose words it reads with another type."),
            ] + valueKeys + [
                KeyRule("expr", .expression, "Calculated from other points."),
                KeyRule("cases", .list(.section(.derivedCase)), "A member chosen by conditions."),
                KeyRule("personal", .boolean, "Masked in logs and recordings."),
                KeyRule("secret", .boolean, "Never shown."),
                KeyRule("deprecated", .boolean, "Kept for those who use it."),
                KeyRule("replaced_by", .shaped(.point), "The point to use instead."),
                KeyRule("poll", .shaped(.poll), "How often it is read; normal unless `defaults` says."),
                KeyRule(
                    "present", .expression, "Whether the device has it: an expression, or `probe`."),
                KeyRule("write", .section(.write), "How it is written."),
            ]),
        KeySection(
            .modelPlace, "A place in a SunSpec model.",
            [
                KeyRule("model", .either([.integer(nil), .list(.integer(nil))]), "The model."),
                KeyRule("offset", .integer(nil), "Counted from the id register."),
                KeyRule("instance", .integer(nil), "Which one of several, from 1."),
            ]),
        KeySection(
            .counter, "What a falling counter means.", oneOf: ["drop", "wrap"],
            [
                KeyRule("drop", .shaped(.counterDrop), "A lower reading is suspect until seen N times, or accepted."),
                KeyRule("wrap", .quantity, "The value at which it starts again."),
            ]),
        KeySection(
            .derivedCase, "A case of a derived member.",
            [
                KeyRule("when", .expression, "The condition; the last case has none."),
                KeyRule(required: "is", .shaped(.member), "The member."),
                KeyRule("reason", .shaped(.member), "What state.reason becomes."),
            ]),
        KeySection(
            .write, "How a point is written.",
            [
                KeyRule(
                    required: "fc",
                    .either([.word(["5", "6", "15", "16"]), .later(.named("mask-write"), .word(["22"]))]),
                    "5, 6: one coil, one register; 15, 16: any number."),
                KeyRule("at", .either([.address, .list(.address)]), "Where the write place differs."),
                KeyRule("table", .word(tables), "The table written to."),
                KeyRule("type", .word(types), "The type written."),
                KeyRule("words", .integer(1...123), "Number of registers written, for texts and bcd."),
                KeyRule("unit", .unit, "Unit of the written number before scaling."),
                KeyRule("scale", .factor, "Factor of the written raw number."),
                KeyRule("offset", .factor, "Offset of the written number."),
                order,
                KeyRule("bit", .integer(0...63), "The bit written."),
                KeyRule("bits", .span, "The field of bits written."),
                KeyRule(
                    required: "persist", .word(WriteRule.Persistence.allCases.map(\.rawValue)),
                    "Where the device keeps it: each write to flash wears it.", code: .persistence),
                KeyRule("budget", .budget, "How many writes in which time, such as 20/year."),
                KeyRule(
                    "kind", .word(WriteRule.Kind.allCases.map(\.rawValue)), "What writing means; state unless said."),
                KeyRule("range", .bounds, "What is allowed."),
                KeyRule("step", .either([.quantity, .number]), "The step; one raw step unless said."),
                KeyRule("rounding", .word(WriteRule.Rounding.allCases.map(\.rawValue)), "Rounding between two steps."),
                KeyRule("write_as", .map(keys: .any, .integer(nil)), "Raw values of values."),
                KeyRule("verify", .section(.verify), "How it is read back."),
                KeyRule("when", .expression, "When it may be written."),
                KeyRule("settle", .duration, "No other write of its control block for so long."),
                KeyRule("min_dwell", .duration, "Time between two different values."),
            ]),
        KeySection(
            .verify, "How a write is read back.",
            [
                KeyRule("after", .duration, "Not before."),
                KeyRule(required: "within", .duration, "At the latest.", code: .verification),
                KeyRule("tolerance", .either([.quantity, .number]), "How far it may be off."),
                KeyRule("by", .shaped(.point), "The point that shows it; the point itself unless said."),
            ]),
    ]
}
