import CCBOR

/// Writes CBOR (RFC 8949) in its shortest form with definite lengths.
struct CBORWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ value: CBORValue) {
        switch value {
        case .unsigned(let number): head { cbor_encode_uint(number, $0, $1) }
        case .negative(let number): head { cbor_encode_negint(number, $0, $1) }
        case .bytes(let content):
            head { cbor_encode_bytestring_start(content.count, $0, $1) }
            bytes.append(contentsOf: content)
        case .text(let text):
            head { cbor_encode_string_start(text.utf8.count, $0, $1) }
            bytes.append(contentsOf: text.utf8)
        case .array(let elements):
            head { cbor_encode_array_start(elements.count, $0, $1) }
            for element in elements { write(element) }
        case .map(let entries):
            head { cbor_encode_map_start(entries.count, $0, $1) }
            for entry in entries {
                write(entry.key)
                write(entry.value)
            }
        case .tagged(let tag, let content):
            head { cbor_encode_tag(tag, $0, $1) }
            write(content)
        case .bool(let value): head { cbor_encode_bool(value, $0, $1) }
        case .null: head { cbor_encode_null($0, $1) }
        }
    }

    /// An item's first byte and its argument: at most 9 bytes.
    private mutating func head(_ encode: (UnsafeMutablePointer<UInt8>, Int) -> Int) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 9) { buffer in
            guard let start = buffer.baseAddress else { return }
            let count = encode(start, buffer.count)
            bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: count))
        }
    }
}
