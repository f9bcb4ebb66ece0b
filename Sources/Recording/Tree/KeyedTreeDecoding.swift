/// The fields of a type or the entries of a dictionary, as they are read.
struct KeyedTreeDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoding: TreeDecoding

    var codingPath: [any CodingKey] { decoding.codingPath }
    /// A field without a value is none; an entry of a dictionary without a value is one.
    var allKeys: [Key] {
        let isRecord = decoding.tree.kind == .record
        return decoding.fields.compactMap { isRecord && $0.value == .absent ? nil : Key(stringValue: $0.key) }
    }

    func contains(_ key: Key) -> Bool { decoding.fields.contains { $0.key == key.stringValue } }

    func decodeNil(forKey key: Key) throws -> Bool { try child(key).tree == .absent }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        guard let tree = decoding.field(key.stringValue) else { return try missing(type, key) }
        return try decoding.child(tree, key).decode(type)
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        guard let tree = decoding.field(key.stringValue), tree != .absent else { return nil }
        return try decoding.child(tree, key).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try child(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try child(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        guard let tree = decoding.field("super") else { throw TreeError.missing(path: decoding.path + ".super") }
        return decoding.child(tree, TreePlace(0))
    }

    func superDecoder(forKey key: Key) throws -> any Decoder { try child(key) }

    private func child(_ key: Key) throws -> TreeDecoding {
        guard let tree = decoding.field(key.stringValue) ?? example(key) else {
            throw TreeError.missing(path: TreeError.text(decoding.codingPath + [key]))
        }
        return decoding.child(tree, key)
    }

    /// What came after the tree was written is empty where that can be said.
    private func missing<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T {
        if let example = example(key) { return try decoding.child(example, key).decode(type) }
        let path = decoding.codingPath + [key]
        guard let missable = type as? any Missable.Type, let value = missable.missing as? T else {
            throw TreeError.missing(path: TreeError.text(path))
        }
        decoding.notes.assumed.insert(TreeError.general(path))
        return value
    }

    /// What the example has for a field that is missing.
    private func example(_ key: Key) -> Tree? {
        let path = decoding.codingPath + [key]
        guard let example = decoding.notes.example(at: path) else { return nil }
        decoding.notes.assumed.insert(TreeError.general(path))
        return example
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try child(key).bool() }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try child(key).text() }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try child(key).double() }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { Float(try child(key).double()) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try child(key).number(type) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try child(key).number(type) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try child(key).number(type) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try child(key).number(type) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try child(key).number(type) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try child(key).number(type) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try child(key).number(type) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try child(key).number(type) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try child(key).number(type) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try child(key).number(type) }
}
