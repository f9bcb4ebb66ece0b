import CCBOR

/// Reads exactly one item of CBOR with definite lengths, no key twice and bounded depth.
///
/// libcbor finds one head at a time and allocates nothing; how much is stored is bounded by the bytes that are there,
/// whatever length an item claims.
struct CBORReader {
    static let maximumDepth = 16

    static func read(_ bytes: [UInt8]) throws(CBORProblem) -> CBORValue {
        let result: Result<CBORValue, CBORProblem> = bytes.withUnsafeBufferPointer { buffer in
            var reader = CBORReader(bytes: buffer)
            do throws(CBORProblem) {
                let value = try reader.value(depth: 0)
                return reader.offset == buffer.count ? .success(value) : .failure(.trailing(offset: reader.offset))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var callbacks = CBORItem.callbacks()
    private var offset = 0

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func value(depth: Int) throws(CBORProblem) -> CBORValue {
        guard depth <= CBORReader.maximumDepth else { throw .tooDeep(limit: CBORReader.maximumDepth) }
        let start = offset
        switch try item() {
        case .unsigned(let number): return .unsigned(number)
        case .negative(let number): return .negative(number)
        case .bytes(let content): return .bytes(Array(content))
        case .text(let units):
            guard let text = String(validating: units, as: UTF8.self) else { throw .notUTF8(offset: start) }
            return .text(text)
        case .array(let count):
            try expect(count)
            var elements: [CBORValue] = []
            elements.reserveCapacity(min(count, 64))
            for _ in 0..<count { elements.append(try value(depth: depth + 1)) }
            return .array(elements)
        case .map(let count):
            try expect(count)
            return .map(try entries(count, depth: depth, start: start))
        case .tag(let number): return .tagged(number, try value(depth: depth + 1))
        case .bool(let value): return .bool(value)
        case .null: return .null
        case .unused(let kind): throw .unused(kind: kind.description, offset: start)
        case .nothing: throw .malformed(offset: start)
        }
    }

    private mutating func entries(_ count: Int, depth: Int, start: Int) throws(CBORProblem) -> [CBORValue.Entry] {
        var entries: [CBORValue.Entry] = []
        var keys: Set<CBORValue> = []
        entries.reserveCapacity(min(count, 64))
        for _ in 0..<count {
            let key = try value(depth: depth + 1)
            // Hashing costs more than comparing with a few.
            let isNew = count > 16 ? keys.insert(key).inserted : !entries.contains { $0.key == key }
            guard isNew else { throw .duplicateKey(offset: start) }
            entries.append(CBORValue.Entry(key: key, value: try value(depth: depth + 1)))
        }
        return entries
    }

    /// Every element takes at least one byte.
    private func expect(_ count: Int) throws(CBORProblem) {
        guard count >= 0, count <= bytes.count - offset else { throw .unexpectedEnd(offset: offset) }
    }

    private mutating func item() throws(CBORProblem) -> CBORItem {
        guard offset < bytes.count, let start = bytes.baseAddress else { throw .unexpectedEnd(offset: offset) }
        var item = CBORItem.nothing
        let result = withUnsafeMutablePointer(to: &item) { item in
            withUnsafePointer(to: &callbacks) { callbacks in
                cbor_stream_decode(start + offset, bytes.count - offset, callbacks, item)
            }
        }
        switch result.status {
        case CBOR_DECODER_FINISHED: offset += result.read
        case CBOR_DECODER_NEDATA: throw .unexpectedEnd(offset: offset)
        default: throw .malformed(offset: offset)
        }
        return item
    }
}
