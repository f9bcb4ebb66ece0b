import CCBOR

/// What libcbor found at one place: a whole small item, or the head of a larger one.
enum CBORItem {
    case nothing
    case unsigned(UInt64)
    case negative(UInt64)
    case bytes(UnsafeBufferPointer<UInt8>)
    case text(UnsafeBufferPointer<UInt8>)
    case array(Int)
    case map(Int)
    case tag(UInt64)
    case bool(Bool)
    case null
    /// Well-formed, but of a kind that the framing does not use.
    case unused(StaticString)

    /// Functions that store what libcbor calls them with in the item that the context points to.
    static func callbacks() -> cbor_callbacks {
        var calls = cbor_callbacks()
        calls.uint8 = { store(.unsigned(UInt64($1)), $0) }
        calls.uint16 = { store(.unsigned(UInt64($1)), $0) }
        calls.uint32 = { store(.unsigned(UInt64($1)), $0) }
        calls.uint64 = { store(.unsigned($1), $0) }
        calls.negint8 = { store(.negative(UInt64($1)), $0) }
        calls.negint16 = { store(.negative(UInt64($1)), $0) }
        calls.negint32 = { store(.negative(UInt64($1)), $0) }
        calls.negint64 = { store(.negative($1), $0) }
        calls.byte_string = { store(.bytes(UnsafeBufferPointer(start: $1, count: $2)), $0) }
        calls.string = { store(.text(UnsafeBufferPointer(start: $1, count: $2)), $0) }
        calls.array_start = { store(.array($1), $0) }
        calls.map_start = { store(.map($1), $0) }
        calls.tag = { store(.tag($1), $0) }
        calls.boolean = { store(.bool($1), $0) }
        calls.null = { store(.null, $0) }
        calls.undefined = { store(.unused("undefined"), $0) }
        calls.float2 = { context, _ in store(.unused("a float"), context) }
        calls.float4 = { context, _ in store(.unused("a float"), context) }
        calls.float8 = { context, _ in store(.unused("a float"), context) }
        calls.byte_string_start = { store(.unused("an indefinite length"), $0) }
        calls.string_start = { store(.unused("an indefinite length"), $0) }
        calls.indef_array_start = { store(.unused("an indefinite length"), $0) }
        calls.indef_map_start = { store(.unused("an indefinite length"), $0) }
        calls.indef_break = { store(.unused("a break"), $0) }
        return calls
    }
}

private func store(_ item: CBORItem, _ context: UnsafeMutableRawPointer?) {
    context?.assumingMemoryBound(to: CBORItem.self).pointee = item
}
