/// One value that is being put together.
final class TreeDecoding: Decoder {
    let tree: Tree
    let fields: [Tree.Field]
    let notes: DecodingNotes
    private let key: (any CodingKey)?
    private let parent: TreeDecoding?
    /// Where the next field is looked for first: types read their fields in the order in which they write them.
    private var cursor = 0

    init(_ tree: Tree, key: (any CodingKey)?, parent: TreeDecoding?, notes: DecodingNotes) {
        self.tree = tree
        self.key = key
        self.parent = parent
        self.notes = notes
        fields = tree.fields
    }

    var userInfo: [CodingUserInfoKey: Any] { [:] }
    var codingPath: [any CodingKey] { (parent?.codingPath ?? []) + (key.map { [$0] } ?? []) }
    var path: String { TreeError.text(codingPath) }

    func child(_ tree: Tree, _ key: any CodingKey) -> TreeDecoding {
        TreeDecoding(tree, key: key, parent: self, notes: notes)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        switch tree {
        case .record, .map: KeyedDecodingContainer(KeyedTreeDecoding<Key>(decoding: self))
        default: throw mismatch("a record")
        }
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .list(let elements) = tree else { throw mismatch("a list") }
        return UnkeyedTreeDecoding(decoding: self, elements: elements)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { SingleTreeDecoding(decoding: self) }

    func decode<T: Decodable>(_ type: T.Type) throws -> T { try T(from: self) }

    /// The field `key`; nil if the tree has none.
    func field(_ key: String) -> Tree? {
        if cursor < fields.count, fields[cursor].key == key {
            defer { cursor += 1 }
            return fields[cursor].value
        }
        guard let place = fields.firstIndex(where: { $0.key == key }) else { return nil }
        cursor = place + 1
        return fields[place].value
    }

    func mismatch(_ wanted: String) -> TreeError {
        .mismatch(path: path.isEmpty ? "the value" : path, wanted: wanted, found: tree.kindText)
    }
}

extension TreeDecoding {
    func bool() throws -> Bool {
        guard case .bool(let value) = tree else { throw mismatch("true or false") }
        return value
    }

    func text() throws -> String {
        guard case .text(let value) = tree else { throw mismatch("text") }
        return value
    }

    func number<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        let value: Number? =
            switch tree {
            case .int(let value): Number(exactly: value)
            case .large(let value): Number(exactly: value)
            default: nil
            }
        guard let value else { throw mismatch("a whole number from \(Number.min) to \(Number.max)") }
        return value
    }

    func double() throws -> Double {
        switch tree {
        case .double(let bits): return Double(bitPattern: bits)
        case .int(let value): return Double(value)
        default: throw mismatch("a number")
        }
    }
}

extension Tree {
    /// What it is, in words.
    var kindText: String {
        switch self {
        case .absent: "nothing"
        case .bool(let value): "\(value)"
        case .int(let value): "\(value)"
        case .large(let value): "\(value)"
        case .double(let bits): "\(Double(bitPattern: bits))"
        case .text(let text): "\"\(text)\""
        case .list: "a list"
        case .record, .map: "a record"
        }
    }
}
