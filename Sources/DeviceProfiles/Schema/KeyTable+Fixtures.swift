extension KeyTable {
    /// A run of words, or one helper that makes words.
    private static let image = KeyForm.map(keys: .span, .either([.list(.integer(nil)), .section(.words)]))
    private static let helperTypes = types.filter { !["ascii", "utf16", "hex", "version", "bit"].contains($0) }

    static let imageKeys: [KeyRule] = tables.map { KeyRule($0, image, "Words of table \($0), by first address.") }

    static let fixtureSections: [KeySection] = [
        KeySection(
            .fixture, "A register image.",
            [
                KeyRule(
                    required: "origin", .either([.word(["synthetic"]), .section(.origin)]), "Where it comes from.",
                    code: .fixture),
                KeyRule("extends", .shaped(.name), "The fixture that it builds on."),
                KeyRule("options", .map(keys: .name, .literal), "Options that it needs."),
            ] + imageKeys + [
                KeyRule("unit_id", .later(.unnamed, .map(keys: .span, .literal)), "Images of other unit ids."),
                KeyRule("exceptions", .section(.exceptions), "Reads that are refused."),
                KeyRule("silent", .boolean, "Answers nothing."),
            ]),
        KeySection(
            .origin, "A recording.",
            [
                KeyRule(required: "recorded", .section(.recorded), "From a real device.", code: .fixture)
            ]),
        KeySection(
            .recorded, "From a real device.",
            [
                KeyRule(required: "serial_hash", .text, "Tells devices apart without naming them.", code: .fixture),
                KeyRule(required: "firmware", .text, "The firmware.", code: .fixture),
                KeyRule(required: "date", .text, "The day.", code: .fixture),
                KeyRule(required: "tool", .text, "The program that recorded it.", code: .fixture),
            ]),
        KeySection(
            .words, "Words made from values.", oneOf: helperTypes + ["ascii", "utf16", "hex"],
            helperTypes.map { KeyRule($0, .list(.number), "Values of type \($0).") } + [
                KeyRule("ascii", .text, "A text, one byte a character."),
                KeyRule("utf16", .text, "A text, one word a character."),
                KeyRule("hex", .text, "Bytes as digits."),
                KeyRule("words", .integer(1...125), "Number of registers of a text."), order,
            ]),
        KeySection(.image, "Words by table and first address.", imageKeys),
        KeySection(
            .exceptions, "Exception codes by table and address.",
            tables.map {
                KeyRule($0, .map(keys: .span, .integer(1...11)), "Table \($0): a read touching one is refused.")
            }),
    ]
}
