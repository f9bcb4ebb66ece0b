import DriverAPI

/// A scope with the point's own value as `value`.
struct ValueScope<Base: ExpressionScope>: ExpressionScope {
    let base: Base
    let value: Value

    func evaluated(_ reference: Expression.Reference) -> Evaluated {
        reference == .value ? Evaluated(value: value) : base.evaluated(reference)
    }
}
