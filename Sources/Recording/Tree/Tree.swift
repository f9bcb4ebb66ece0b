/// A value taken apart into what every format has: what ``TreeEncoder`` makes of anything that is `Encodable`.
///
/// The same value always makes the same tree: dictionaries and sets are sorted.
public enum Tree: Hashable, Sendable {
    /// Nothing: an optional without a value.
    case absent
    /// True or false.
    case bool(Bool)
    /// A whole number.
    case int(Int64)
    /// A whole number above the largest `Int64`.
    case large(UInt64)
    /// The bits of a floating-point number.
    case double(bits: UInt64)
    /// A text.
    case text(String)
    /// Values in their order.
    case list([Tree])
    /// The fields of a type, in the order in which the type writes them; an optional without a value is there as `absent`.
    case record([Field])
    /// The entries of a dictionary, sorted by key.
    case map([Field])

    /// A value with its name.
    public struct Field: Hashable, Sendable {
        /// The name of the field, or the key of the entry.
        public var key: String
        /// What it holds.
        public var value: Tree

        /// Makes a field.
        public init(_ key: String, _ value: Tree) {
            self.key = key
            self.value = value
        }
    }

    /// The deepest nesting that is read.
    static let deepest = 64

    /// The value of the field or entry `key`; nil if there is none.
    public subscript(key: String) -> Tree? {
        switch self {
        case .record(let fields), .map(let fields): fields.first { $0.key == key }?.value
        default: nil
        }
    }

    /// The text it is; nil if it is none.
    public var text: String? { if case .text(let text) = self { text } else { nil } }

    /// The elements of a list; empty for anything else.
    public var elements: [Tree] { if case .list(let elements) = self { elements } else { [] } }

    /// The fields of a record or the entries of a map; empty for anything else.
    public var fields: [Field] {
        switch self {
        case .record(let fields), .map(let fields): fields
        default: []
        }
    }
}

extension Tree: Comparable {
    /// An order that depends on nothing but the values, by which sets and dictionaries are sorted.
    public static func < (a: Tree, b: Tree) -> Bool {
        switch (a, b) {
        case (.bool(let a), .bool(let b)): !a && b
        case (.int(let a), .int(let b)): a < b
        case (.large(let a), .large(let b)), (.double(let a), .double(let b)): a < b
        case (.text(let a), .text(let b)): a < b
        case (.list(let a), .list(let b)): a.lexicographicallyPrecedes(b)
        case (.record(let a), .record(let b)), (.map(let a), .map(let b)):
            a.lexicographicallyPrecedes(b) { $0.key == $1.key ? $0.value < $1.value : $0.key < $1.key }
        default: a.kind.rawValue < b.kind.rawValue
        }
    }

    /// What a tree is.
    enum Kind: Int {
        case absent, bool, int, large, double, text, list, record, map
    }

    var kind: Kind {
        switch self {
        case .absent: .absent
        case .bool: .bool
        case .int: .int
        case .large: .large
        case .double: .double
        case .text: .text
        case .list: .list
        case .record: .record
        case .map: .map
        }
    }
}
