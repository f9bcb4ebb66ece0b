/// One value without fields, as it is written.
struct SingleTreeEncoding: SingleValueEncodingContainer {
    let encoding: TreeEncoding

    var codingPath: [any CodingKey] { [] }

    mutating func encodeNil() { encoding.set(.absent) }

    mutating func encode<T: Encodable>(_ value: T) throws { encoding.set(try TreeEncoding.tree(of: value)) }

    mutating func encode(_ value: Bool) { encoding.set(.bool(value)) }
    mutating func encode(_ value: String) { encoding.set(.text(value)) }
    mutating func encode(_ value: Double) { encoding.set(.double(bits: value.bitPattern)) }
    mutating func encode(_ value: Float) { encoding.set(.double(bits: Double(value).bitPattern)) }
    mutating func encode(_ value: Int) { encoding.set(.int(Int64(value))) }
    mutating func encode(_ value: Int8) { encoding.set(.int(Int64(value))) }
    mutating func encode(_ value: Int16) { encoding.set(.int(Int64(value))) }
    mutating func encode(_ value: Int32) { encoding.set(.int(Int64(value))) }
    mutating func encode(_ value: Int64) { encoding.set(.int(value)) }
    mutating func encode(_ value: UInt) { encoding.set(.whole(UInt64(value))) }
    mutating func encode(_ value: UInt8) { encoding.set(.int(Int64(value))) }
    mutating func encode(_ value: UInt16) { encoding.set(.int(Int64(value))) }
    mutating func encode(_ value: UInt32) { encoding.set(.int(Int64(value))) }
    mutating func encode(_ value: UInt64) { encoding.set(.whole(value)) }
}

extension Tree {
    /// A whole number, in the one form there is for it.
    static func whole(_ value: UInt64) -> Tree { Int64(exactly: value).map(Tree.int) ?? .large(value) }
}
