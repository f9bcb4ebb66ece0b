import DriverAPI

/// What is wrong with a literal.
public enum ValueProblem: Error, Hashable, Sendable {
    /// Not what the grammar asks for; what it asks for, with an example.
    case form(String, needs: String)
    /// A boolean in another language's spelling.
    case boolean(String)
    /// A leading zero, which other readers take for octal.
    case leadingZero(String)
    /// More digits than a number can have here.
    case tooLarge(String)
    /// A quantity without the blank before its unit.
    case blankMissing(number: String, unit: String)
    /// A number without a unit where one is needed.
    case unitMissing(String, Unit)
    /// A unit nobody knows.
    case unit(String, nearest: String?)
    /// A unit of another dimension.
    case dimension(Unit, needs: Unit)
    /// An end that is before the beginning.
    case reversed(String)
    /// Outside what is allowed; the allowed range in words.
    case outside(String, String)
    /// A word that is no member.
    case member(String, members: [String], nearest: String?)
    /// A number that a type cannot hold.
    case doesNotFit(String, RawType)
    /// A text that registers cannot hold.
    case textDoesNotFit(String, RawType, words: Int)
    /// A type that does not stand in lists.
    case notAList(RawType)
    /// A type that holds no text.
    case notAText(RawType)
    /// A text whose number of registers is not given.
    case wordsMissing(RawType)

    /// The validation rule it breaks: P020 for units and factors; nil where the place decides.
    public var code: String? {
        switch self {
        case .blankMissing, .unitMissing, .unit, .dimension: "P020"
        default: nil
        }
    }
}

extension ValueProblem: CustomStringConvertible {
    /// The sentence for people.
    public var description: String {
        switch self {
        case .form(let text, let needs): "\"\(text)\" is not \(needs)"
        case .boolean(let text): "\"\(text)\" is not a boolean: write true or false"
        case .leadingZero(let text): "\(text): a number has no leading zero"
        case .tooLarge(let text): "\(text) has more digits than a number can have"
        case .blankMissing(let number, let unit):
            "a quantity needs a blank between number and unit: \(number) \(unit)"
        case .unitMissing(let number, let unit): "\(number) needs a unit, such as \(number) \(unit.rawValue)"
        case .unit(let text, let nearest):
            "unit \"\(text)\" is unknown" + (nearest.map { ", did you mean \"\($0)\"?" } ?? "")
        case .dimension(let unit, let needs): "\(unit.rawValue) cannot be converted to \(needs.rawValue)"
        case .reversed(let text): "\(text): the first end must not be above the last"
        case .outside(let text, let allowed): "\(text) is outside \(allowed)"
        case .member(let word, let members, let nearest):
            "\"\(word)\" is not one of its members"
                + (nearest.map { ", did you mean \"\($0)\"?" } ?? ": " + members.joined(separator: ", "))
        case .doesNotFit(let number, let type): "\(number) does not fit into \(type.rawValue)"
        case .textDoesNotFit(let text, let type, let words):
            "\"\(text)\" does not fit into \(words) \(words == 1 ? "register" : "registers") of type \(type.rawValue)"
        case .notAList(let type): "\(type.rawValue) does not stand in lists of numbers"
        case .notAText(let type): "\(type.rawValue) holds no text"
        case .wordsMissing(let type): "\(type.rawValue) needs \"words\", 1 to 2000"
        }
    }
}
