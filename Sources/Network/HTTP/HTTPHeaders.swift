/// Header fields in the order they came or were added; names are compared without regard to case (RFC 9110, 5.1).
public struct HTTPHeaders: Hashable, Sendable, ExpressibleByDictionaryLiteral, Sequence {
    /// One field.
    public struct Field: Hashable, Sendable {
        /// The name as written.
        public let name: String
        /// The value without the spaces around it.
        public let value: String
    }

    private var fields: [Field] = []

    /// No fields.
    public init() {}

    /// The fields of a literal, in its order.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { add(name, value) }
    }

    /// How many fields there are.
    public var count: Int { fields.count }

    /// The first value of a name; setting replaces all of that name, setting nil removes them.
    public subscript(name: String) -> String? {
        get { fields.first { HTTPHeaders.same($0.name, name) }?.value }
        set {
            fields.removeAll { HTTPHeaders.same($0.name, name) }
            if let newValue { fields.append(Field(name: name, value: newValue)) }
        }
    }

    /// All values of a name, in order.
    public func values(_ name: String) -> [String] {
        fields.filter { HTTPHeaders.same($0.name, name) }.map(\.value)
    }

    /// The parts between the commas of all values of a name, without spaces around them and without empty ones.
    public func list(_ name: String) -> [String] {
        values(name).flatMap { $0.split(separator: ",") }.map(Text.trimmed).filter { !$0.isEmpty }
    }

    /// Adds one field after those there are, also when its name is there already.
    public mutating func add(_ name: String, _ value: String) { fields.append(Field(name: name, value: value)) }

    /// The fields in order.
    public func makeIterator() -> IndexingIterator<[Field]> { fields.makeIterator() }

    private static func same(_ one: String, _ other: String) -> Bool {
        one.utf8.count == other.utf8.count && zip(one.utf8, other.utf8).allSatisfy { Text.lower($0) == Text.lower($1) }
    }
}
