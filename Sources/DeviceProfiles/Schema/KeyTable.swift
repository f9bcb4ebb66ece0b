/// All keys of the language, section by section.
///
/// The check for unknown keys and wrong kinds and the editor schema both read this table, so they can not differ.
enum KeyTable {
    private static let sections: [SectionName: KeySection] = {
        let all = headSections + linkSections + pointSections + controlSections + fixtureSections + testSections
        return Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a })
    }()

    /// The keys of a section.
    static func section(_ name: SectionName) -> KeySection {
        sections[name] ?? KeySection(name, "", [])
    }

    static let tables = ["holding", "input", "coil", "discrete"]
    static let orders = WordOrder.allCases.map(\.rawValue)
    static let types = RawType.allCases.map(\.rawValue)
    static let localizedList = KeyForm.either([.localized, .list(.localized)])
    static let order = KeyRule("order", .word(orders), "Order of bytes and words in values of several registers.")
    static let unitID = KeyRule(
        "unit_id", .later(.unnamed, .integer(0...255)), "Another unit id of the same device.")
    static let registerTable = KeyRule("table", .word(tables), "The register table; holding unless `defaults` says.")
}
