import DriverAPI

/// The ways an expression can be wrong.
public enum ExpressionFault: Hashable, Sendable {
    /// Longer than this many characters.
    case tooLong(Int)
    /// Nested deeper than this.
    case tooDeep(Int)
    /// Nothing there.
    case empty
    /// A character that no expression contains.
    case character(Character)
    /// A text without its closing quote.
    case openText
    /// Digits that are no number: leading zeros, or too many of them.
    case number(String)
    /// Something else was expected.
    case expected(String, found: String)
    /// A unit nobody knows.
    case unit(String, nearest: String?)
    /// A minus without blanks between names.
    case minusNeedsBlanks(String)
    /// `a < b < c`.
    case chainedComparison
    /// A name that is not there.
    case name(String, nearest: String?)
    /// `value`, `command` or `told` outside their places.
    case nameNotHere(String)
    /// `name.*` outside sum, min, max and first.
    case lanesOutsideFunction(String)
    /// A function nobody knows.
    case function(String, nearest: String?)
    /// A word that is no member of the other side.
    case member(String, of: String, members: [String], nearest: String?)
    /// Quotes around a member.
    case quotedMember(String)
    /// Members have no order.
    case order(ExpressionType)
    /// Two sides that cannot be compared, added or chosen between.
    case mismatch(String, ExpressionType, ExpressionType)
    /// A number without unit beside a quantity.
    case unitMissing(String, Unit)
    /// Two sides without a product or quotient.
    case product(String, ExpressionType, ExpressionType)
    /// A side or argument of the wrong type.
    case type(of: String, needs: String, found: ExpressionType)
    /// A divisor that is always 0.
    case divisionByZero
    /// The wrong number of arguments.
    case arguments(Expression.Function, needs: String, found: Int)
    /// A flag the set does not have.
    case flag(String, nearest: String?)
    /// A bit or digit that no number has.
    case index(Expression.Function, Exact)
    /// A unit of another dimension than the quantity.
    case conversion(Unit, ExpressionType)
    /// A result of the wrong type for its place.
    case result(needs: ExpressionType, found: ExpressionType)
}

extension ExpressionFault: CustomStringConvertible {
    /// The sentence for people.
    public var description: String {
        switch self {
        case .tooLong(let limit): "the expression is longer than \(limit) characters"
        case .tooDeep(let limit): "the expression is nested deeper than \(limit) levels"
        case .empty: "an expression is expected, this is empty"
        case .character(let c): "\"\(c)\" cannot stand in an expression"
        case .openText: "the text has no closing '"
        case .number(let text): "\(text) is not a number the language knows (no leading zeros, at most 38 digits)"
        case .expected(let what, let found): "expected \(what), found \(found)"
        case .unit(let text, let nearest): "unit \"\(text)\" is unknown" + Self.hint(nearest)
        case .minusNeedsBlanks(let text): "\"\(text)\" is one word: a minus needs blanks around it"
        case .chainedComparison: "comparisons cannot be chained: join two with \"and\""
        case .name(let name, let nearest): "name \"\(name)\" is unknown" + Self.hint(nearest)
        case .nameNotHere(let name): "\"\(name)\" has no meaning here"
        case .lanesOutsideFunction(let name): "\(name) stands for several points: use it inside sum, min, max or first"
        case .function(let name, let nearest): "function \"\(name)\" is unknown" + Self.hint(nearest)
        case .member(let word, let of, let members, let nearest):
            "\(of) has no member \"\(word)\"" + (nearest.map { ", did you mean \"\($0)\"?" } ?? Self.list(members))
        case .quotedMember(let word): "a member is written without quotes: \(word)"
        case .order(let type): "\(type) has no order: only numbers, quantities and versions can be less or greater"
        case .mismatch(let what, let a, let b): "\(what) needs two sides of one type: these are \(a) and \(b)"
        case .unitMissing(let number, let unit): "\(number) has no unit: write \(number) \(unit.rawValue)"
        case .product("*", let a, let b): "\(a) times \(b) has no meaning the language knows"
        case .product(_, let a, let b): "\(a) divided by \(b) has no meaning the language knows"
        case .type(let of, let needs, let found): "\(of) needs \(needs), this is \(found)"
        case .divisionByZero: "division by 0"
        case .arguments(let function, let needs, let found): "\(function.rawValue) takes \(needs), here are \(found)"
        case .flag(let name, let nearest): "there is no flag \"\(name)\"" + Self.hint(nearest)
        case .index(let function, let i): "no number has \(function.rawValue) \(i)"
        case .conversion(let unit, let type): "\(type) cannot be given in \(unit.rawValue)"
        case .result(let needs, let found): "\(needs) is needed here, this is \(found)"
        }
    }

    private static func hint(_ nearest: String?) -> String { nearest.map { ", did you mean \"\($0)\"?" } ?? "" }

    private static func list(_ members: [String]) -> String {
        members.isEmpty ? "" : "; it has " + members.prefix(12).joined(separator: ", ")
    }
}
