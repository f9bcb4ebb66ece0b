/// The entry of a site file for a find, with what the installer must know as comments.
struct SiteEntryText {
    private let find: ScanFind

    init(_ find: ScanFind) { self.find = find }

    /// Lines of YAML below `devices:`, indented by two; comments alone where there is nothing to enter.
    var text: String { (remarks.map { "  # " + $0 } + entry).joined(separator: "\n") }

    private var place: String { "\(find.address), unit \(find.unit)" }

    private var remarks: [String] {
        if let known = find.known { return ["\(place): the running host's device \(known)"] }
        guard let profile = find.profile else {
            return ["\(place): a unit answers, but no profile of the library knows it"]
        }
        let names = ["vendor", "model", "serial", "firmware"].compactMap { name in
            find.identity[name].map { ", \(name) \(SiteEntryText.line($0))" }
        }
        var lines = ["\(SiteEntryText.line(find.title ?? profile))\(names.joined())"]
        if !find.certain {
            lines.append("not certain (\(find.score) of 100): compare its values with")
            lines.append("  chargehost read --profile \(profile) --address \(find.address) --unit \(find.unit)")
            if !find.others.isEmpty {
                lines.append("or: " + find.others.map { "\($0.profile) (\($0.score) of 100)" }.joined(separator: ", "))
            }
        }
        return lines
    }

    private var entry: [String] {
        guard find.known == nil, let profile = find.profile, let id = find.id else { return [] }
        var lines = [
            "  - id: \(id)", "    profile: \(profile)", "    address: \"\(find.address)\"", "    unit: \(find.unit)",
        ]
        if find.kind != "wallbox", find.kind != nil {
            lines.append(
                "    role: display   # what it measures: grid, consumption, production, storage, or box with of:")
        }
        if !find.options.isEmpty {
            lines.append("    options:   # these must be looked up")
            for option in find.options {
                let choices = option.choices.isEmpty ? "" : "   # " + option.choices.joined(separator: ", ")
                lines.append("      \(option.name): \"\(option.value)\"\(choices)")
            }
        }
        return lines
    }

    /// A device says what it likes; a comment is one line of characters that can be seen.
    private static func line(_ text: String) -> String {
        String(
            text.unicodeScalars.prefix(80).map { scalar -> Character in
                switch scalar.properties.generalCategory {
                case .control, .lineSeparator, .paragraphSeparator, .format, .privateUse, .unassigned, .surrogate: " "
                default: Character(scalar)
                }
            })
    }
}
