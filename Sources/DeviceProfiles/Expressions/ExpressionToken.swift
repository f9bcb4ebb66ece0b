/// One word or sign of an expression.
struct ExpressionToken: Hashable, Sendable {
    /// What it is.
    enum Kind: Hashable, Sendable {
        /// Digits, as written.
        case number(String)
        /// A name, member, keyword, function, unit or version.
        case word(String)
        /// Characters between single quotes.
        case text(String)
        /// An operator, bracket or comma.
        case sign(String)
        /// Behind the last.
        case end
    }

    var kind: Kind
    /// Position of the first character, from 0.
    var start: Int
    /// Position behind the last.
    var end: Int

    /// How a message names it.
    var description: String {
        switch kind {
        case .number(let text), .word(let text), .sign(let text): "\"\(text)\""
        case .text(let text): "'\(text)'"
        case .end: "the end"
        }
    }
}
