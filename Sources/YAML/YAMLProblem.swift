/// Something wrong in a YAML text: what, where and what to do.
public struct YAMLProblem: Error, Hashable, Sendable {
    /// The kinds of problem, with the codes of the profile language's checks.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// A key appears twice in one mapping, keys compared as decoded.
        case duplicateKey = "P001"
        /// A key nobody knows; made by the decoders of single fields.
        case unknownKey = "P002"
        /// A list where a value belongs, and the like; also a list or mapping used as a key.
        case wrongKind = "P003"
        /// A tab in the indentation.
        case tab = "P004"
        /// An anchor, alias, merge key, tag, or a second document.
        case anchor = "P005"
        /// The text is larger than `YAMLReader.maximumBytes`.
        case tooLarge = "P006"
        /// Deeper than `YAMLReader.maximumDepth` or more values than `YAMLReader.maximumNodes`.
        case aliasBomb = "P007"
        /// The text is not YAML.
        case syntax = "P008"
        /// Not UTF-8, or characters YAML does not allow.
        case encoding = "P009"
    }

    /// The kind.
    public let code: Code
    /// Where.
    public let mark: Mark
    /// One sentence for people, without place and code, in lower case and without a full stop.
    public let message: String

    /// A problem at a place.
    public init(code: Code, mark: Mark, message: String) {
        self.code = code
        self.mark = mark
        self.message = message
    }

    /// The line of the source with a caret under the place.
    public func excerpt(in source: String) -> String { mark.excerpt(in: source) }
}

extension YAMLProblem: CustomStringConvertible {
    /// `line:column code message`; put the file name and a colon before it.
    public var description: String { "\(mark) \(code.rawValue) \(message)" }
}
