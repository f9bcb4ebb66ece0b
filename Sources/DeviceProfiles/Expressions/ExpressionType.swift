import DriverAPI

/// What an expression yields, as far as the file tells.
public enum ExpressionType: Hashable, Sendable {
    /// True or false.
    case bool
    /// A number or quantity of this dimension, in its canonical unit; ``Dimension/number`` has no unit.
    case number(Dimension)
    /// Free text.
    case text
    /// One of these members. Members that are whole numbers (`phases_set`: 1, 3, auto) may be used as numbers too; a
    /// word among them then counts as unknown.
    case member([String])
    /// A version.
    case version
    /// A set of these names.
    case flags([String])
    /// A name whose own definition has a problem: fits everywhere, so that one mistake is reported once.
    case unknown

    /// What values of this rule are in expressions.
    public init(_ kind: ValueRule.Kind) {
        self =
            switch kind {
            case .number(let unit): .number(unit.dimension)
            case .bool: .bool
            case .text: .text
            case .member(let members): .member(members)
            case .flags(let names): .flags(names.sorted { $0.key < $1.key }.map(\.value))
            case .version: .version
            }
    }

    /// What answers to this option are in expressions.
    public init(_ option: OptionDefinition) {
        if let unit = option.kind.unit {
            self = .number(unit.dimension)
            return
        }
        switch option.kind {
        case .bool: self = .bool
        case .choice: self = .member(option.choices.map(\.name))
        default: self = .text
        }
    }

    /// The dimension when it is used as a number; nil when it cannot be.
    var dimension: Dimension? {
        switch self {
        case .number(let dimension): dimension
        case .member(let members) where members.contains(where: isWholeNumber): .number
        default: nil
        }
    }

    /// Whether a value of type `other` may stand where this type is asked for.
    public func accepts(_ other: ExpressionType) -> Bool { common(with: other) != nil }

    /// The type that holds values of both; nil when there is none.
    func common(with other: ExpressionType) -> ExpressionType? {
        switch (self, other) {
        case (.unknown, _): return other
        case (_, .unknown): return self
        case (.bool, .bool), (.text, .text), (.version, .version): return self
        case (.member(let a), .member(let b)): return .member(a + b.filter { !a.contains($0) })
        case (.flags(let a), .flags(let b)): return .flags(a + b.filter { !a.contains($0) })
        default:
            guard let a = dimension, let b = other.dimension, a == b else { return nil }
            return .number(a)
        }
    }
}

extension ExpressionType: CustomStringConvertible {
    /// The type as a message names it.
    public var description: String {
        switch self {
        case .bool: "a boolean"
        case .number(.number): "a number"
        case .number(let dimension): "a quantity in \(dimension.canonicalUnit.rawValue)"
        case .text: "text"
        case .member: "a member"
        case .version: "a version"
        case .flags: "a set of flags"
        case .unknown: "unknown"
        }
    }
}

/// Whether a member is written as a whole number.
func isWholeNumber(_ member: String) -> Bool { !member.isEmpty && member.utf8.allSatisfy { (48...57).contains($0) } }
