/// Why a text is not taken as JSON, with the offset of the byte where reading stopped, counted from 0.
public enum JSONProblem: Error, Equatable, Sendable {
    case empty
    case tooLarge(bytes: Int, limit: Int)
    case tooDeep(limit: Int, offset: Int)
    case unexpected(byte: UInt8, offset: Int)
    case unexpectedEnd
    case notUTF8(offset: Int)
    case badEscape(offset: Int)
    case badNumber(offset: Int)
    case duplicateName(String, offset: Int)
    case trailing(offset: Int)
}

extension JSONProblem: CustomStringConvertible {
    /// The sentence for people.
    public var description: String {
        switch self {
        case .empty: "the text is empty"
        case .tooLarge(let bytes, let limit): "the text has \(bytes) bytes, more than the \(limit) that are taken"
        case .tooDeep(let limit, let offset): "more than \(limit) levels of nesting at byte \(offset)"
        case .unexpected(let byte, let offset):
            byte >= 0x20 && byte < 0x7f
                ? "unexpected '\(Character(UnicodeScalar(byte)))' at byte \(offset)"
                : "unexpected byte \(byte) at byte \(offset)"
        case .unexpectedEnd: "the text ends in the middle of a value"
        case .notUTF8(let offset): "no valid UTF-8 in the string that begins at byte \(offset)"
        case .badEscape(let offset): "a bad escape sequence at byte \(offset)"
        case .badNumber(let offset): "a bad or too long number at byte \(offset)"
        case .duplicateName(let name, let offset): "the property \(name) a second time at byte \(offset)"
        case .trailing(let offset): "more text after the value, at byte \(offset)"
        }
    }
}
