import DriverAPI

/// A parameter asked once per device.
public struct OptionDefinition: Hashable, Sendable {
    /// The types an option can have.
    public enum Kind: String, Sendable, CaseIterable {
        case bool, integer, number, text, duration, current, power, energy, voltage, choice

        /// The canonical unit of its values; nil for those without.
        public var unit: Unit? {
            switch self {
            case .duration: .s
            case .current: .A
            case .power: .W
            case .energy: .Wh
            case .voltage: .V
            case .integer, .number: .one
            case .bool, .text, .choice: nil
            }
        }
    }

    /// Its name.
    public var name: String
    /// Its type.
    public var kind: Kind
    /// The value when the installer gives none; nil: must be answered.
    public var defaultValue: Value?
    /// What is allowed, for numbers and quantities.
    public var range: ClosedRange<Exact>?
    /// The choices and their texts, in the order of the file.
    public var choices: [(name: String, text: LocalizedText)]
    /// What a person reads.
    public var title: LocalizedText?
    /// A longer explanation.
    public var help: LocalizedText?
    /// Whether it is folded away.
    public var advanced: Bool

    /// Makes an option.
    public init(
        name: String, kind: Kind, defaultValue: Value? = nil, range: ClosedRange<Exact>? = nil,
        choices: [(name: String, text: LocalizedText)] = [], title: LocalizedText? = nil, help: LocalizedText? = nil,
        advanced: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.defaultValue = defaultValue
        self.range = range
        self.choices = choices
        self.title = title
        self.help = help
        self.advanced = advanced
    }

    /// Compares everything, choices by name and text.
    public static func == (a: OptionDefinition, b: OptionDefinition) -> Bool {
        a.name == b.name && a.kind == b.kind && a.defaultValue == b.defaultValue && a.range == b.range
            && a.choices.elementsEqual(b.choices, by: ==) && a.title == b.title && a.help == b.help
            && a.advanced == b.advanced
    }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
