import DeviceProfiles
import DriverAPI

/// Options and facts, and nothing else; enough for the conditions of variants.
struct NamedValues: ExpressionScope {
    var options: [String: Value]
    var facts: [String: Value]

    /// The value of an option or fact; everything else is missing.
    func evaluated(_ reference: Expression.Reference) -> Evaluated {
        let value: Value? =
            switch reference {
            case .option(let name): options[name]
            case .fact(let name): facts[name]
            default: nil
            }
        return Evaluated(value: value, quality: value == nil ? .missing : .good)
    }
}
