import DriverAPI
import YAML

extension ValueText {
    /// A literal for a point, fact or step of this kind, in the canonical unit.
    public static func value(_ text: String, of kind: ValueRule.Kind) throws(ValueProblem) -> Value {
        switch kind {
        case .number(let unit): return .number(try canonical(text, in: unit.dimension))
        case .bool: return .bool(try boolean(text))
        case .text: return .text(text)
        case .version: return .version(try version(text))
        case .member(let members): return .enumerated(try member(text, of: members))
        case .flags(let names): return .flags([try flag(text, of: names)])
        }
    }

    /// A literal for a point, fact or step of this kind whose value may also be a list of flags.
    public static func value(_ list: [String], of kind: ValueRule.Kind) throws(ValueProblem) -> Value {
        guard case .flags(let names) = kind else {
            throw .form("[" + list.joined(separator: ", ") + "]", needs: "a single value")
        }
        var flags: [String] = []
        for text in list { flags.append(try flag(text, of: names)) }
        return .flags(flags)
    }

    /// The answer to an option, in the canonical unit, inside its range.
    public static func answer(_ text: String, to option: OptionDefinition) throws(ValueProblem) -> Value {
        switch option.kind {
        case .bool: return .bool(try boolean(text))
        case .text: return .text(text)
        case .choice: return .member(try member(text, of: option.choices.map(\.name)))
        case .integer, .number, .duration, .current, .power, .energy, .voltage:
            let unit = option.kind.unit ?? .one
            let number = try canonical(text, in: unit.dimension)
            if option.kind == .integer, !number.isInteger { throw .form(text, needs: "an integer") }
            if let range = option.range, !range.contains(number) {
                let suffix = unit == .one ? "" : " " + unit.rawValue
                throw .outside(text, "\(range.lowerBound)\(suffix) to \(range.upperBound)\(suffix)")
            }
            return .number(number)
        }
    }

    /// A member, as it is written in `members`.
    public static func member(_ text: String, of members: [String]) throws(ValueProblem) -> String {
        guard members.contains(text) else {
            throw .member(text, members: members, nearest: closest(to: text, among: members))
        }
        return text
    }

    private static func flag(_ text: String, of names: [Int: String]) throws(ValueProblem) -> String {
        Expression.unnamedBit(text) != nil ? text : try member(text, of: names.values.sorted())
    }
}

extension Value {
    /// The value of a member as it is written: whole numbers are numbers, everything else is a member.
    static func enumerated(_ member: String) -> Value {
        isWholeNumber(member) ? Exact(text: member).map(Value.number) ?? .member(member) : .member(member)
    }
}
