import DriverAPI

/// Options and facts alone: what variants and init see.
public struct SettledScope: ExpressionScope {
    /// The options by name.
    public var options: [String: Value]
    /// The facts by name; one that was refused is left out, and so unknown.
    public var facts: [String: Value]

    /// Makes a scope.
    public init(options: [String: Value], facts: [String: Value] = [:]) {
        self.options = options
        self.facts = facts
    }

    /// The value of an option or fact; everything else is unknown.
    public func evaluated(_ reference: Expression.Reference) -> Evaluated {
        let value: Value? =
            switch reference {
            case .option(let name): options[name]
            case .fact(let name): facts[name]
            case .point, .lanes, .value, .command, .told: nil
            }
        return Evaluated(value: value, quality: value == nil ? .missing : .good)
    }
}
