extension JSON {
    /// Why a text is not taken as JSON; places are bytes counted from 0.
    public enum Fault: Error, Hashable, Sendable {
        /// There is nothing but blanks.
        case empty
        /// It is longer than `limit` bytes.
        case tooLong(limit: Int)
        /// Lists and objects are nested deeper than `limit`.
        case tooDeep(limit: Int, place: Int)
        /// This byte cannot stand here.
        case unexpected(byte: UInt8, place: Int)
        /// It ends in the middle of a value.
        case unfinished
        /// A text is not UTF-8, or has an escape that stands for no character.
        case badText(place: Int)
        /// A number with more digits than are kept exactly, or of another notation than JSON's.
        case badNumber(place: Int)
        /// A name stands twice in one object.
        case repeatedName(String, place: Int)
    }
}

extension JSON.Fault: CustomStringConvertible {
    /// What is wrong, in words.
    public var description: String {
        switch self {
        case .empty: "it is empty"
        case .tooLong(let limit): "it is longer than \(limit) bytes"
        case .tooDeep(let limit, let place): "it is nested deeper than \(limit) levels at byte \(place)"
        case .unexpected(let byte, let place):
            (0x21..<0x7f).contains(byte)
                ? "'\(Character(Unicode.Scalar(byte)))' cannot stand at byte \(place)"
                : "the byte \(byte) cannot stand at byte \(place)"
        case .unfinished: "it ends in the middle of a value"
        case .badText(let place): "the text at byte \(place) is not valid UTF-8 or has a bad escape"
        case .badNumber(let place): "the number at byte \(place) is malformed, or has more than 36 digits"
        case .repeatedName(let name, let place): "the name \"\(name.prefix(40))\" stands a second time at byte \(place)"
        }
    }
}
