/// What is wrong with a message between host and driver; the sentence for people is ``description``.
package enum WireFault: Error, Hashable, Sendable {
    /// The line is not JSON.
    case notJSON(JSON.Fault)
    /// The line is JSON but no JSON-RPC 2.0 object; batches are not taken.
    case notRPC(found: String)
    /// `jsonrpc` is not "2.0".
    case version(found: String)
    /// An id that is neither a number nor a text.
    case badID(found: String)
    /// An object without `method`, `result` and `error`.
    case noMeaning
    /// A member that must be there is not.
    case missing(String, expected: String)
    /// A member is of the wrong kind, or out of range.
    case wrong(String, expected: String, found: String)
    /// A word that is not one of those known.
    case unknownWord(String, found: String, known: [String])
}

extension WireFault: CustomStringConvertible {
    /// What is wrong, in words that follow the name of the driver.
    package var description: String {
        switch self {
        case .notJSON(let fault): "the line is not JSON: \(fault)"
        case .notRPC(let found): "the line is \(found), not one JSON-RPC 2.0 object"
        case .version(let found): "\"jsonrpc\" must be \"2.0\", not \(found)"
        case .badID(let found): "\"id\" must be a number or a text, not \(found)"
        case .noMeaning: "the object has neither \"method\" nor \"result\" nor \"error\""
        case .missing(let path, let expected): "\(path) is missing: \(expected)"
        case .wrong(let path, let expected, let found): "\(path) must be \(expected), not \(found)"
        case .unknownWord(let path, let found, let known):
            "\(path) must be one of \(known.joined(separator: ", ")), not \"\(found.prefix(40))\""
        }
    }
}
