/// One JSON value (RFC 8259) with exact numbers, as messages between host and driver carry it.
///
/// Numbers are decimal and stay what they were written as: 0.1 is a tenth. A name appears once in an object; the order of
/// names means nothing, and they are written in alphabetical order.
public enum JSON: Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, exact.
    case number(Exact)
    /// A text.
    case string(String)
    /// Values in order.
    case array([JSON])
    /// Values by name.
    case object([String: JSON])

    /// The value under `name`; nil where there is none, it is `null`, or this is no object.
    public subscript(name: String) -> JSON? {
        guard case .object(let members) = self, let value = members[name], value != .null else { return nil }
        return value
    }

    /// The value at `place`, counted from 0; nil past the end and where this is no array.
    public subscript(place: Int) -> JSON? {
        guard case .array(let elements) = self, elements.indices.contains(place) else { return nil }
        return elements[place]
    }

    /// The number, if it is one.
    public var number: Exact? { if case .number(let number) = self { number } else { nil } }
    /// The text, if it is one.
    public var string: String? { if case .string(let text) = self { text } else { nil } }
    /// The boolean, if it is one.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The elements, if it is an array.
    public var array: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
    /// The members, if it is an object.
    public var object: [String: JSON]? { if case .object(let members) = self { members } else { nil } }

    /// What it is, for a message: `a text`, `a list`.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let number): "the number \(number)"
        case .string(let text): "the text \"\(text.prefix(40))\(text.count > 40 ? "…" : "")\""
        case .array: "a list"
        case .object: "an object"
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A whole number.
    public init(integerLiteral value: Int) { self = .number(Exact(value)) }
    /// A boolean.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A list.
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// An object; of a name given twice the last value stays.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}
