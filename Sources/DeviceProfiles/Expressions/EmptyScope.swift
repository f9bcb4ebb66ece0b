/// A scope in which every name is unknown, for expressions of literals.
public struct EmptyScope: ExpressionScope, Sendable {
    /// Makes it.
    public init() {}

    /// Unknown.
    public func evaluated(_ reference: Expression.Reference) -> Evaluated { .init(value: nil, quality: .missing) }
}
