/// The names an expression may use at its place in the file.
public protocol ExpressionContext {
    /// The type of a name; nil when there is no such name, or it may not be used here (`value`, `command`, `told`).
    ///
    /// Never asked for ``Expression/Reference/lanes(_:)``. A canonical point answers with all its canonical members.
    func type(of reference: Expression.Reference) -> ExpressionType?
    /// The full names of the points `name.*` stands for, in the order of the lanes; empty when there are none.
    func lanes(of name: String) -> [String]
    /// Every name that may be used here, as it is written: `power`, `option.rated_current`, `fact.firmware`.
    var names: [String] { get }
}

extension Expression.Reference {
    /// The reference that `name` stands for; `name.*` is not one.
    public init(name: String) {
        if name == "value" {
            self = .value
        } else if name == "command" {
            self = .command
        } else if name == "told" {
            self = .told
        } else if name.hasPrefix("option.") {
            self = .option(String(name.dropFirst("option.".count)))
        } else if name.hasPrefix("fact.") {
            self = .fact(String(name.dropFirst("fact.".count)))
        } else {
            self = .point(name)
        }
    }

    /// The name as it is written.
    public var name: String {
        switch self {
        case .point(let name): name
        case .lanes(let names): names.joined(separator: ", ")
        case .option(let name): "option." + name
        case .fact(let name): "fact." + name
        case .value: "value"
        case .command: "command"
        case .told: "told"
        }
    }
}
