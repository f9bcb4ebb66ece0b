/// A value of a YAML text with the place where it begins.
///
/// Nothing is guessed: every scalar is its characters, and whoever knows the type of a field decodes it. Trees that
/// come from `YAMLReader` have no duplicate keys and are at most `YAMLReader.maximumDepth` deep.
public struct Node: Sendable {
    /// What a node is.
    public enum Content: Sendable {
        /// A single value.
        case scalar(Scalar)
        /// A list, in the order of the text.
        case sequence([Node])
        /// Keys and values, in the order of the text. Keys are scalars.
        case mapping([(key: Node, value: Node)])
    }

    /// Where the node begins; for a block list its first dash, for a block mapping its first key.
    public let mark: Mark
    /// What the node is.
    public let content: Content

    /// A node made by hand, as patches and tests need it.
    public init(mark: Mark, content: Content) {
        self.mark = mark
        self.content = content
    }

    /// The single value, nil for lists and mappings.
    public var scalar: Scalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    /// The characters of the single value, nil for lists and mappings.
    public var text: String? { scalar?.text }

    /// The list, nil for anything else.
    public var sequence: [Node]? {
        if case .sequence(let nodes) = content { nodes } else { nil }
    }

    /// The mapping, nil for anything else.
    public var mapping: [(key: Node, value: Node)]? {
        if case .mapping(let pairs) = content { pairs } else { nil }
    }

    /// True for a plain `~` and for an empty value.
    public var isNull: Bool { scalar?.isNull ?? false }

    /// The node read as a key; nil for lists and mappings.
    public var key: Key? { scalar.map { Key($0.text) } }

    /// The value of a key; nil if there is none or the node is no mapping. The key is decoded: `node["8092"]` finds
    /// `0x1F9C`.
    public subscript(_ key: String) -> Node? { pair(of: Key(key))?.value }

    /// The value of a decoded key; nil if there is none or the node is no mapping.
    public subscript(_ key: Key) -> Node? { pair(of: key)?.value }

    /// The node of the key itself, which carries the key's place; nil if there is none.
    public func keyNode(_ key: String) -> Node? { pair(of: Key(key))?.key }

    /// What the node is, in words for a message: `a list`, `a mapping`, `nothing`, `a value`.
    public var kind: String {
        switch content {
        case .scalar(let scalar): scalar.isNull ? "nothing" : "a value"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    /// The line of the source the node begins in, with a caret under its first character.
    public func excerpt(in source: String) -> String { mark.excerpt(in: source) }

    private func pair(of key: Key) -> (key: Node, value: Node)? {
        switch key {
        case .text(let text): mapping?.first { $0.key.text == text }
        case .integer: mapping?.first { $0.key.key == key }
        }
    }
}
