/// The fields of a type or the entries of a dictionary, as they are written.
struct KeyedTreeEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoding: TreeEncoding

    var codingPath: [any CodingKey] { [] }

    private func add(_ tree: Tree, _ key: Key) { encoding.add(key.stringValue, tree) }

    mutating func encodeNil(forKey key: Key) { add(.absent, key) }

    mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        add(try TreeEncoding.tree(of: value), key)
    }

    mutating func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { add(.absent, key) }
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoding.nest(key.stringValue).container(keyedBy: keyType)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoding.nest(key.stringValue).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { encoding.nest("super") }

    mutating func superEncoder(forKey key: Key) -> any Encoder { encoding.nest(key.stringValue) }

    mutating func encode(_ value: Bool, forKey key: Key) { add(.bool(value), key) }
    mutating func encode(_ value: String, forKey key: Key) { add(.text(value), key) }
    mutating func encode(_ value: Double, forKey key: Key) { add(.double(bits: value.bitPattern), key) }
    mutating func encode(_ value: Float, forKey key: Key) { add(.double(bits: Double(value).bitPattern), key) }
    mutating func encode(_ value: Int, forKey key: Key) { add(.int(Int64(value)), key) }
    mutating func encode(_ value: Int8, forKey key: Key) { add(.int(Int64(value)), key) }
    mutating func encode(_ value: Int16, forKey key: Key) { add(.int(Int64(value)), key) }
    mutating func encode(_ value: Int32, forKey key: Key) { add(.int(Int64(value)), key) }
    mutating func encode(_ value: Int64, forKey key: Key) { add(.int(value), key) }
    mutating func encode(_ value: UInt, forKey key: Key) { add(.whole(UInt64(value)), key) }
    mutating func encode(_ value: UInt8, forKey key: Key) { add(.int(Int64(value)), key) }
    mutating func encode(_ value: UInt16, forKey key: Key) { add(.int(Int64(value)), key) }
    mutating func encode(_ value: UInt32, forKey key: Key) { add(.int(Int64(value)), key) }
    mutating func encode(_ value: UInt64, forKey key: Key) { add(.whole(value), key) }

    // An optional without a value is written too, so that a type always has the same fields.
    mutating func encodeIfPresent(_ value: Bool?, forKey key: Key) { add(value.map(Tree.bool) ?? .absent, key) }
    mutating func encodeIfPresent(_ value: String?, forKey key: Key) { add(value.map(Tree.text) ?? .absent, key) }
    mutating func encodeIfPresent(_ value: Double?, forKey key: Key) {
        add(value.map { .double(bits: $0.bitPattern) } ?? .absent, key)
    }
    mutating func encodeIfPresent(_ value: Float?, forKey key: Key) {
        add(value.map { .double(bits: Double($0).bitPattern) } ?? .absent, key)
    }
    mutating func encodeIfPresent(_ value: Int?, forKey key: Key) { add(value.map { .int(Int64($0)) } ?? .absent, key) }
    mutating func encodeIfPresent(_ value: Int8?, forKey key: Key) {
        add(value.map { .int(Int64($0)) } ?? .absent, key)
    }
    mutating func encodeIfPresent(_ value: Int16?, forKey key: Key) {
        add(value.map { .int(Int64($0)) } ?? .absent, key)
    }
    mutating func encodeIfPresent(_ value: Int32?, forKey key: Key) {
        add(value.map { .int(Int64($0)) } ?? .absent, key)
    }
    mutating func encodeIfPresent(_ value: Int64?, forKey key: Key) { add(value.map(Tree.int) ?? .absent, key) }
    mutating func encodeIfPresent(_ value: UInt?, forKey key: Key) {
        add(value.map { .whole(UInt64($0)) } ?? .absent, key)
    }
    mutating func encodeIfPresent(_ value: UInt8?, forKey key: Key) {
        add(value.map { .int(Int64($0)) } ?? .absent, key)
    }
    mutating func encodeIfPresent(_ value: UInt16?, forKey key: Key) {
        add(value.map { .int(Int64($0)) } ?? .absent, key)
    }
    mutating func encodeIfPresent(_ value: UInt32?, forKey key: Key) {
        add(value.map { .int(Int64($0)) } ?? .absent, key)
    }
    mutating func encodeIfPresent(_ value: UInt64?, forKey key: Key) { add(value.map(Tree.whole) ?? .absent, key) }
}
