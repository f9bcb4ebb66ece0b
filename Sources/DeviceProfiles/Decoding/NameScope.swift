import DriverAPI

/// The names that an expression may use at one place of a profile.
struct NameScope: ExpressionContext {
    let compiler: ProfileCompiler
    /// Whether points may be named; options and facts always may.
    var allowsPoints = true
    /// The type of `value`, in `absent_when`.
    var value: ExpressionType?
    /// The type of `command`, in control.
    var command: ExpressionType?
    /// The type of `told`, in control.
    var told: ExpressionType?

    func type(of reference: Expression.Reference) -> ExpressionType? {
        switch reference {
        case .option(let name): compiler.head.optionTypes[name]
        case .fact(let name): compiler.head.factTypes[name]
        case .point(let name): allowsPoints ? compiler.type(ofPoint: name) : nil
        case .value: value
        case .command: command
        case .told: told
        case .lanes: nil
        }
    }

    func lanes(of name: String) -> [String] { allowsPoints ? compiler.lanes[name] ?? [] : [] }

    var names: [String] {
        let points = allowsPoints ? compiler.pointNames : []
        return points + compiler.head.optionTypes.keys.map { "option." + $0 }
            + compiler.head.factTypes.keys.map { "fact." + $0 }
    }
}
