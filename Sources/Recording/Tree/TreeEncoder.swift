/// Takes values apart into trees.
public enum TreeEncoder {
    /// The tree of `value`.
    ///
    /// Throws what the value's own `encode(to:)` throws; the values of load management throw nothing.
    public static func tree(_ value: some Encodable) throws -> Tree { try TreeEncoding.tree(of: value) }
}

/// One value that is being taken apart.
final class TreeEncoding: Encoder {
    private enum Content {
        case nothing
        case single(Tree)
        case list([Tree])
        case record([Tree.Field])
    }

    private var content = Content.nothing
    private var key: ObjectIdentifier?
    /// Containers that were handed out inside, and where their content goes.
    private var nested: [(place: Int, encoding: TreeEncoding)] = []

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static func tree(of value: some Encodable) throws -> Tree {
        let encoding = TreeEncoding()
        try value.encode(to: encoding)
        let tree = encoding.finish()
        guard case .list = tree else { return tree }
        return TypeTraits.of(value).unordered?.sorted(tree) ?? tree
    }

    /// The type by which the entries of a dictionary are named; the standard library does not show it.
    private static let dictionaryKey: ObjectIdentifier? = {
        let encoding = TreeEncoding()
        try? ["": 0].encode(to: encoding)
        return encoding.key
    }()

    func finish() -> Tree {
        switch content {
        case .nothing: return .record([])
        case .single(let tree): return tree
        case .list(var elements):
            for (place, encoding) in nested { elements[place] = encoding.finish() }
            return .list(elements)
        case .record(var fields):
            for (place, encoding) in nested { fields[place].value = encoding.finish() }
            guard key == Self.dictionaryKey else { return .record(fields) }
            return .map(fields.sorted { $0.key < $1.key })
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .nothing = content { content = .record([]) }
        key = ObjectIdentifier(Key.self)
        return KeyedEncodingContainer(KeyedTreeEncoding<Key>(encoding: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .nothing = content { content = .list([]) }
        return UnkeyedTreeEncoding(encoding: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { SingleTreeEncoding(encoding: self) }

    func set(_ tree: Tree) { content = .single(tree) }

    var count: Int { if case .list(let elements) = content { elements.count } else { 0 } }

    func append(_ tree: Tree) {
        guard case .list(var elements) = content else { return }
        content = .nothing
        elements.append(tree)
        content = .list(elements)
    }

    func add(_ key: String, _ tree: Tree) {
        guard case .record(var fields) = content else { return }
        content = .nothing
        fields.append(Tree.Field(key, tree))
        content = .record(fields)
    }

    /// A container that will be filled inside this one.
    func nest(_ key: String?) -> TreeEncoding {
        let inner = TreeEncoding()
        switch content {
        case .list(let elements):
            nested.append((elements.count, inner))
            append(.absent)
        case .record(let fields):
            nested.append((fields.count, inner))
            add(key ?? "", .absent)
        default: break
        }
        return inner
    }
}
