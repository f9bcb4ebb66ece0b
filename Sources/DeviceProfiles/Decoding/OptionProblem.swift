import DriverAPI

/// What is wrong with the options of a device in the site file.
public enum OptionProblem: Error, Hashable, Sendable {
    /// The profile has no such option.
    case unknown(String, nearest: String?, known: [String])
    /// The answer is not what the option takes.
    case wrong(option: String, ValueProblem, allowed: String)
    /// The option has no default, so it must be answered.
    case missing(option: String, allowed: String)
}

extension OptionProblem: CustomStringConvertible {
    /// The sentence for people: which option, and what is allowed.
    public var description: String {
        switch self {
        case .unknown(let name, let nearest?, _): "option \(name) is unknown, did you mean \"\(nearest)\"?"
        case .unknown(let name, nil, let known):
            known.isEmpty
                ? "option \(name) is unknown: this profile has no options"
                : "option \(name) is unknown; this profile has \(known.joined(separator: ", "))"
        case .wrong(let option, let problem, let allowed): "option \(option): \(problem); allowed is \(allowed)"
        case .missing(let option, let allowed): "option \(option) must be answered: \(allowed)"
        }
    }
}

extension OptionDefinition {
    /// What it takes, in words.
    public var allowed: String {
        switch kind {
        case .bool: return "true or false"
        case .choice: return choices.map(\.name).joined(separator: ", ")
        case .text: return "a text"
        default: break
        }
        let unit = kind.unit ?? .one
        let suffix = unit == .one ? "" : " " + unit.rawValue
        let what = unit == .one ? (kind == .integer ? "a whole number" : "a number") : "a quantity in \(unit.rawValue)"
        return range.map { "\($0.lowerBound)\(suffix) to \($0.upperBound)\(suffix)" } ?? what
    }
}
