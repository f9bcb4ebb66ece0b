import DriverAPI

/// An expression as written, before names and types are looked at.
struct ExpressionSyntax: Sendable {
    /// One entry of a set.
    struct Item: Sendable {
        var low: ExpressionSyntax
        var high: ExpressionSyntax?
    }

    /// What stands there.
    indirect enum Form: Sendable {
        /// A number and its unit; `word` is the whole where no blank separates them, for members such as `3p`.
        case number(Exact, Unit?, word: String?)
        /// Digits with letters behind that are no unit: a member or a mistake.
        case numberedWord(String, unit: String, unitOffset: Int)
        case text(String)
        case version([Int])
        case bool(Bool)
        case name(String)
        case unit(Unit)
        case not(ExpressionSyntax)
        case negative(ExpressionSyntax)
        case binary(Expression.Operator, ExpressionSyntax, ExpressionSyntax)
        case contained(ExpressionSyntax, [Item], negated: Bool)
        case call(Expression.Function, [ExpressionSyntax])
    }

    var form: Form
    /// Position of its first character; of its operator for two sides.
    var offset: Int
}
