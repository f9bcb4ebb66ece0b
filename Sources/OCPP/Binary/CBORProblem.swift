/// Why bytes are not taken as one item of CBOR.
enum CBORProblem: Error, Equatable {
    case malformed(offset: Int)
    case unexpectedEnd(offset: Int)
    case tooDeep(limit: Int)
    case unused(kind: String, offset: Int)
    case notUTF8(offset: Int)
    case duplicateKey(offset: Int)
    case trailing(offset: Int)
}

extension CBORProblem: CustomStringConvertible {
    var description: String {
        switch self {
        case .malformed(let offset): "no CBOR at byte \(offset)"
        case .unexpectedEnd(let offset): "the CBOR ends in the middle of the item at byte \(offset)"
        case .tooDeep(let limit): "more than \(limit) levels of nesting"
        case .unused(let kind, let offset): "\(kind) at byte \(offset), which this framing does not use"
        case .notUTF8(let offset): "no valid UTF-8 in the text at byte \(offset)"
        case .duplicateKey(let offset): "the same key a second time in the map at byte \(offset)"
        case .trailing(let offset): "more bytes after the item, at byte \(offset)"
        }
    }
}
