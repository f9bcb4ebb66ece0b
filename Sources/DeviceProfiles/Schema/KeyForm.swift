/// What may stand behind a key: the one description that both the check of a file and the editor schema are made from.
indirect enum KeyForm: Sendable {
    /// Any single value.
    case text
    /// A text, or texts by language.
    case localized
    /// `true` or `false`.
    case boolean
    /// A whole number, decimal or 0x, in this range.
    case integer(ClosedRange<Int>?)
    /// A whole or decimal number.
    case number
    /// A number or a fraction of whole numbers.
    case factor
    /// The name of a unit.
    case unit
    /// A number and a unit.
    case quantity
    /// A number and a unit of time.
    case duration
    /// An address as the file counts them.
    case address
    /// One whole number, or the first and last of several: `4..7`.
    case span
    /// `N/day` and the like.
    case budget
    /// One of these words.
    case word([String])
    /// A text of a certain shape.
    case shaped(TextShape)
    /// An expression.
    case expression
    /// A single value that is read by the type of the point or option it belongs to.
    case literal
    /// Lower and upper end.
    case bounds
    /// A list.
    case list(KeyForm)
    /// A mapping with the keys of a section.
    case section(SectionName)
    /// A mapping whose keys the author chooses.
    case map(keys: TextShape, KeyForm)
    /// One of several, told apart by being a value, a list or a mapping, else by the value.
    case either([KeyForm])
    /// Known, but not to this version of the host.
    case later(LaterFeature, KeyForm)
}

/// What the language knows and this version of the host does not.
enum LaterFeature: Hashable, Sendable {
    /// Has a name for `needs`.
    case named(String)
    /// Comes with the library; nothing to name in `needs`.
    case unnamed

    /// The name for `needs`.
    var need: String? { if case .named(let name) = self { name } else { nil } }
}

/// One key of a section.
struct KeyRule: Sendable {
    /// Whether it must be there.
    enum Presence: Sendable {
        case optional
        /// Missing is a finding of this rule.
        case required(DiagnosticCode)
    }

    let name: String
    let form: KeyForm
    let presence: Presence
    /// What it means, for editors.
    let note: String

    init(_ name: String, _ form: KeyForm, _ note: String) {
        self.name = name
        self.form = form
        self.note = note
        presence = .optional
    }

    init(required name: String, _ form: KeyForm, _ note: String, code: DiagnosticCode = .wrongKind) {
        self.name = name
        self.form = form
        self.note = note
        presence = .required(code)
    }

    var isRequired: Bool { if case .required = presence { true } else { false } }
}

/// The keys of one mapping of the language.
struct KeySection: Sendable {
    let name: SectionName
    let note: String
    let keys: [KeyRule]
    /// Further keys that the author chooses, such as the points of an expectation.
    let others: (keys: TextShape, form: KeyForm)?
    /// At least one of these must be there.
    let oneOf: [String]
    private let index: [String: Int]

    init(
        _ name: SectionName, _ note: String, oneOf: [String] = [], others: (keys: TextShape, form: KeyForm)? = nil,
        _ keys: [KeyRule]
    ) {
        self.name = name
        self.note = note
        self.keys = keys
        self.others = others
        self.oneOf = oneOf
        index = Dictionary(keys.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { a, _ in a })
    }

    func rule(_ key: String) -> KeyRule? { index[key].map { keys[$0] } }
    var names: [String] { keys.map(\.name) }
}
