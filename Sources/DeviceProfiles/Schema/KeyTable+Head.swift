extension KeyTable {
    static let headSections: [KeySection] = [
        KeySection(
            .document, "A device profile.",
            [
                KeyRule(required: "schema", .word(["profile/1"]), "The version of the language."),
                KeyRule(required: "id", .shaped(.profileID), "`vendor.model`, never reused."),
                KeyRule(required: "version", .shaped(.version), "Semantic version of this profile."),
                KeyRule(required: "class", .word(["wallbox", "meter", "inverter", "battery"]), "What the device is."),
                KeyRule(required: "title", .localized, "What people read; at most 60 characters.", code: .text),
                KeyRule(required: "products", .list(.section(.product)), "The products that it serves."),
                KeyRule(required: "license", .shaped(.license), "SPDX id of the profile's licence.", code: .text),
                KeyRule(required: "sources", .list(.section(.source)), "Where the facts come from.", code: .text),
                KeyRule("notes", localizedList, "Notes for the installer."),
                KeyRule("needs", .list(.shaped(.need)), "Features beyond version 1, and plug-ins."),
                KeyRule("extends", .later(.unnamed, .shaped(.profileID)), "The profile that this one builds on."),
                KeyRule("abstract", .later(.unnamed, .boolean), "Only a base for others."),
                KeyRule("link", .section(.link), "How the device is reached and how fast."),
                KeyRule(required: "modbus", .section(.modbus), "What a request may do.", code: .address),
                KeyRule("options", .map(keys: .name, .section(.option)), "Parameters asked once per device."),
                KeyRule("identify", .section(.identify), "How the device is recognised."),
                KeyRule("defaults", .section(.defaults), "What points and facts have that do not say."),
                KeyRule(required: "points", .map(keys: .point, .section(.point)), "The points, by name."),
                KeyRule("control", .section(.control), "The commands."),
                KeyRule("init", .list(.section(.initWrite)), "What is written after each connect."),
                KeyRule("keepalive", .section(.keepalive), "The device's watchdog."),
                KeyRule("variants", .list(.section(.variant)), "Patches that hold under conditions."),
                KeyRule("units", .later(.named("units"), .map(keys: .name, .literal)), "Repeated units of one device."),
                KeyRule("sunspec", .later(.named("sunspec"), .map(keys: .name, .literal)), "The SunSpec model chain."),
                KeyRule("fixtures", .map(keys: .name, .section(.fixture)), "Register images, by name."),
                KeyRule("tests", .list(.section(.test)), "The tests."),
            ]),
        KeySection(
            .product, "One product.",
            [
                KeyRule(required: "brand", .text, "The brand on the case."),
                KeyRule(required: "model", .text, "The model."),
                KeyRule("white_label_of", .shaped(.profileID), "The profile id of the original."),
            ]),
        KeySection(
            .source, "Where facts come from.", oneOf: ["title", "url"],
            [
                KeyRule(required: "kind", .word(Source.Kind.allCases.map(\.rawValue)), "What kind of source it is."),
                KeyRule("title", .text, "Its title."),
                KeyRule("url", .text, "Its address."),
                KeyRule("revision", .text, "Its revision."),
                KeyRule("pages", .text, "The pages used."),
            ]),
        KeySection(
            .option, "A parameter asked once per device.",
            [
                KeyRule(required: "type", .word(OptionDefinition.Kind.allCases.map(\.rawValue)), "Its type."),
                KeyRule("default", .literal, "The value without an answer; without one it must be answered."),
                KeyRule("range", .either([.bounds, .shaped(.range)]), "What is allowed: [lo, hi], or lo..hi."),
                KeyRule("choices", .map(keys: .member, .localized), "The choices and their texts."),
                KeyRule("title", .localized, "What people read."),
                KeyRule("help", .localized, "A longer explanation."),
                KeyRule("advanced", .boolean, "Whether it is folded away."),
            ]),
        KeySection(
            .identify, "How the device is recognised.",
            [
                KeyRule(
                    required: "safe", .word(["true"]), "Every read here is documented and harmless.", code: .fingerprint
                ),
                KeyRule(required: "match", .list(.section(.rule)), "The rules; their scores add up."),
                KeyRule(required: "accept", .integer(0...100), "The score from which it is proposed with one tap."),
                KeyRule("ask_installer_from", .integer(0...100), "From here on shown among the candidates."),
                KeyRule("facts", .map(keys: .name, .section(.fact)), "What is read once per connection."),
            ]),
        KeySection(
            .rule, "A rule of the identification.",
            oneOf: ["words", "text", "text_starts", "equals", "range", "answers", "sunspec"],
            [
                KeyRule(required: "read", .word(tables), "The table."),
                KeyRule(required: "at", .address, "The first address."),
                KeyRule(required: "score", .integer(-100...100), "What it adds."),
                unitID,
                KeyRule("is", .shaped(.profileID), "The other profile it speaks for; negative rules only."),
                KeyRule(
                    "words", .either([.integer(1...125), .list(.either([.word(["_"]), .integer(-32768...65535)]))]),
                    "The words expected, `_` for any; with a text their number."),
                KeyRule("text", .text, "The text expected."),
                KeyRule("text_starts", .text, "How the text begins."),
                KeyRule("equals", .number, "The number expected, before any unit."),
                KeyRule("range", .list(.number), "Lowest and highest number, before any unit."),
                KeyRule("type", .word(types), "How the number is read."),
                order,
                KeyRule("answers", .boolean, "Whether it answers at all, or refuses."),
                KeyRule("count", .integer(1...2000), "How many addresses are read."),
                KeyRule("sunspec", .later(.named("sunspec"), .integer(nil)), "A SunSpec model that is present."),
                KeyRule("offset", .later(.named("sunspec"), .integer(nil)), "Counted from the model's id register."),
            ]),
        KeySection(.fact, "A fact of the identification.", oneOf: ["at"], placeKeys),
        KeySection(
            .defaults, "What points and facts have that do not say.",
            [
                registerTable,
                KeyRule("type", .word(types), "The type; u16 unless said."),
                unitID,
                KeyRule("poll", .shaped(.poll), "How often points are read; normal unless said."),
                KeyRule("order", .word(orders), "Order of bytes and words."),
            ]),
    ]
}
