/// A single value of a YAML text: its characters, never a guessed type. `no`, `1:30` and `010` are these characters.
public struct Scalar: Hashable, Sendable {
    /// How the value was written.
    public enum Style: Hashable, Sendable {
        /// Without quotes.
        case plain
        /// `'…'`
        case singleQuoted
        /// `"…"`
        case doubleQuoted
        /// `|`, line breaks kept.
        case literal
        /// `>`, lines folded.
        case folded
    }

    /// The characters after unquoting and folding.
    public let text: String
    /// How it was written.
    public let style: Style

    /// A value with these characters.
    public init(_ text: String, style: Style = .plain) {
        self.text = text
        self.style = style
    }

    /// True for a plain `~` and for nothing at all; `null` and quoted texts are texts.
    public var isNull: Bool { style == .plain && (text.isEmpty || text == "~") }

    /// True for a plain `~`, which in a patch removes a key.
    public var isTilde: Bool { style == .plain && text == "~" }
}
