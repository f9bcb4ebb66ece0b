/// The elements of a list, as they are written.
struct UnkeyedTreeEncoding: UnkeyedEncodingContainer {
    let encoding: TreeEncoding

    var codingPath: [any CodingKey] { [] }
    var count: Int { encoding.count }

    mutating func encodeNil() { encoding.append(.absent) }

    mutating func encode<T: Encodable>(_ value: T) throws { encoding.append(try TreeEncoding.tree(of: value)) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy keyType: Nested.Type) -> KeyedEncodingContainer<Nested> {
        encoding.nest(nil).container(keyedBy: keyType)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoding.nest(nil).unkeyedContainer() }

    mutating func superEncoder() -> any Encoder { encoding.nest(nil) }

    mutating func encode(_ value: Bool) { encoding.append(.bool(value)) }
    mutating func encode(_ value: String) { encoding.append(.text(value)) }
    mutating func encode(_ value: Double) { encoding.append(.double(bits: value.bitPattern)) }
    mutating func encode(_ value: Float) { encoding.append(.double(bits: Double(value).bitPattern)) }
    mutating func encode(_ value: Int) { encoding.append(.int(Int64(value))) }
    mutating func encode(_ value: Int8) { encoding.append(.int(Int64(value))) }
    mutating func encode(_ value: Int16) { encoding.append(.int(Int64(value))) }
    mutating func encode(_ value: Int32) { encoding.append(.int(Int64(value))) }
    mutating func encode(_ value: Int64) { encoding.append(.int(value)) }
    mutating func encode(_ value: UInt) { encoding.append(.whole(UInt64(value))) }
    mutating func encode(_ value: UInt8) { encoding.append(.int(Int64(value))) }
    mutating func encode(_ value: UInt16) { encoding.append(.int(Int64(value))) }
    mutating func encode(_ value: UInt32) { encoding.append(.int(Int64(value))) }
    mutating func encode(_ value: UInt64) { encoding.append(.whole(value)) }
}
