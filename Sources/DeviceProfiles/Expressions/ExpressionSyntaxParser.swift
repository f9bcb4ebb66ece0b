import DriverAPI
import YAML

/// Reads tokens by the language's grammar.
struct ExpressionSyntaxParser {
    typealias Failure = ExpressionLexer.Failure

    private let tokens: [ExpressionToken]
    private var at = 0
    private var depth = 0

    /// Deeper is no expression of a profile, and would need stack.
    static let deepest = 64
    /// Words with a meaning of their own, which can neither be names nor members.
    static let keywords: Set<String> = ["and", "or", "not", "in", "true", "false"]

    init(_ text: String) throws(Failure) {
        var lexer = ExpressionLexer(text)
        tokens = try lexer.tokens()
    }

    /// The whole expression.
    mutating func parse() throws(Failure) -> ExpressionSyntax {
        if case .end = token.kind { throw Failure(fault: .empty, offset: 0) }
        let syntax = try expression()
        guard case .end = token.kind else { throw unexpected("an operator or the end") }
        return syntax
    }

    // MARK: Levels of the grammar

    private mutating func expression() throws(Failure) -> ExpressionSyntax {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw Failure(fault: .tooDeep(Self.deepest), offset: token.start) }
        var left = try conjunction()
        while let offset = take(word: "or") {
            left = .init(form: .binary(.or, left, try conjunction()), offset: offset)
        }
        return left
    }

    private mutating func conjunction() throws(Failure) -> ExpressionSyntax {
        var left = try negation()
        while let offset = take(word: "and") {
            left = .init(form: .binary(.and, left, try negation()), offset: offset)
        }
        return left
    }

    private mutating func negation() throws(Failure) -> ExpressionSyntax {
        guard let offset = take(word: "not") else { return try comparison() }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw Failure(fault: .tooDeep(Self.deepest), offset: offset) }
        return .init(form: .not(try negation()), offset: offset)
    }

    private mutating func comparison() throws(Failure) -> ExpressionSyntax {
        let left = try sum()
        let compared: ExpressionSyntax
        if let (operation, offset) = take([.equal, .notEqual, .lessOrEqual, .greaterOrEqual, .less, .greater]) {
            compared = .init(form: .binary(operation, left, try sum()), offset: offset)
        } else if let offset = take(word: "in") {
            compared = .init(form: .contained(left, try set(), negated: false), offset: offset)
        } else if let offset = take(word: "not") {
            guard take(word: "in") != nil else { throw unexpected("\"in\"") }
            compared = .init(form: .contained(left, try set(), negated: true), offset: offset)
        } else {
            return left
        }
        if isComparison(token) { throw Failure(fault: .chainedComparison, offset: token.start) }
        return compared
    }

    private mutating func set() throws(Failure) -> [ExpressionSyntax.Item] {
        guard take(sign: "[") != nil else { throw unexpected("\"[\"") }
        var items: [ExpressionSyntax.Item] = []
        repeat {
            let low = try sum()
            items.append(.init(low: low, high: take(sign: "..") != nil ? try sum() : nil))
        } while take(sign: ",") != nil
        guard take(sign: "]") != nil else { throw unexpected("\",\" or \"]\"") }
        return items
    }

    private mutating func sum() throws(Failure) -> ExpressionSyntax {
        var left = try term()
        while let (operation, offset) = take([.plus, .minus]) {
            left = .init(form: .binary(operation, left, try term()), offset: offset)
        }
        return left
    }

    private mutating func term() throws(Failure) -> ExpressionSyntax {
        var left = try unary()
        while let (operation, offset) = take([.times, .divided]) {
            left = .init(form: .binary(operation, left, try unary()), offset: offset)
        }
        return left
    }

    private mutating func unary() throws(Failure) -> ExpressionSyntax {
        guard let offset = take(sign: "-") else { return try primary() }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw Failure(fault: .tooDeep(Self.deepest), offset: offset) }
        return .init(form: .negative(try unary()), offset: offset)
    }

    private mutating func primary() throws(Failure) -> ExpressionSyntax {
        let first = token
        switch first.kind {
        case .number(let digits):
            at += 1
            return try number(digits, first)
        case .text(let text):
            at += 1
            return .init(form: .text(text), offset: first.start)
        case .word(let word):
            return try named(word, first)
        case .sign("("):
            at += 1
            let inner = try expression()
            guard take(sign: ")") != nil else { throw unexpected("\")\"") }
            return inner
        case .sign, .end:
            throw unexpected("a value")
        }
    }

    // MARK: Parts

    private mutating func number(_ digits: String, _ first: ExpressionToken) throws(Failure) -> ExpressionSyntax {
        guard let value = Self.value(of: digits) else { throw Failure(fault: .number(digits), offset: first.start) }
        guard case .word(let word) = token.kind, !Self.keywords.contains(word) else {
            return .init(form: .number(value, nil, word: nil), offset: first.start)
        }
        let behind = token
        let whole = behind.start == first.end ? digits + word : nil
        guard let unit = Unit(rawValue: word) else {
            guard let whole else {
                throw Failure(fault: .unit(word, nearest: Unit.nearest(to: word)), offset: behind.start)
            }
            at += 1
            return .init(form: .numberedWord(whole, unit: word, unitOffset: behind.start), offset: first.start)
        }
        at += 1
        return .init(form: .number(value, unit, word: whole), offset: first.start)
    }

    private static func value(of digits: String) -> Exact? {
        guard digits.hasPrefix("0x") else { return Exact(text: digits) }
        return Int128(digits.dropFirst(2), radix: 16).map(Exact.init(integer:))
    }

    private mutating func named(_ word: String, _ first: ExpressionToken) throws(Failure) -> ExpressionSyntax {
        if Self.keywords.contains(word), word != "true", word != "false" { throw unexpected("a value") }
        if word == "%" { throw unexpected("a value") }
        at += 1
        if case .sign("(") = token.kind { return try call(word, first) }
        let form: ExpressionSyntax.Form =
            switch word {
            case "true": .bool(true)
            case "false": .bool(false)
            default: VersionText.parts(of: word).map(ExpressionSyntax.Form.version) ?? .name(word)
            }
        return .init(form: form, offset: first.start)
    }

    private mutating func call(_ word: String, _ first: ExpressionToken) throws(Failure) -> ExpressionSyntax {
        guard let function = Expression.Function(rawValue: word) else {
            let nearest = closest(to: word, among: Expression.Function.allCases.map(\.rawValue))
            throw Failure(fault: .function(word, nearest: nearest), offset: first.start)
        }
        at += 1
        var arguments: [ExpressionSyntax] = []
        if case .sign(")") = token.kind {
            at += 1
            return .init(form: .call(function, []), offset: first.start)
        }
        repeat {
            arguments.append(function == .number && arguments.count == 1 ? try unit() : try expression())
        } while take(sign: ",") != nil
        guard take(sign: ")") != nil else { throw unexpected("\",\" or \")\"") }
        return .init(form: .call(function, arguments), offset: first.start)
    }

    private mutating func unit() throws(Failure) -> ExpressionSyntax {
        let word: String
        switch token.kind {
        case .word(let text), .number(let text): word = text
        default: throw unexpected("a unit")
        }
        guard let unit = Unit(rawValue: word) else {
            throw Failure(fault: .unit(word, nearest: Unit.nearest(to: word)), offset: token.start)
        }
        at += 1
        return .init(form: .unit(unit), offset: tokens[at - 1].start)
    }

    // MARK: Tokens

    private var token: ExpressionToken { tokens[at] }

    private func unexpected(_ what: String) -> Failure {
        Failure(fault: .expected(what, found: token.description), offset: token.start)
    }

    private mutating func take(word: String) -> Int? {
        guard case .word(word) = token.kind else { return nil }
        defer { at += 1 }
        return token.start
    }

    private mutating func take(sign: String) -> Int? {
        guard case .sign(sign) = token.kind else { return nil }
        defer { at += 1 }
        return token.start
    }

    private mutating func take(_ operators: [Expression.Operator]) -> (Expression.Operator, Int)? {
        guard case .sign(let sign) = token.kind, let found = operators.first(where: { $0.rawValue == sign }) else {
            return nil
        }
        defer { at += 1 }
        return (found, token.start)
    }

    private func isComparison(_ token: ExpressionToken) -> Bool {
        switch token.kind {
        case .sign(let sign): ["==", "!=", "<", "<=", ">", ">="].contains(sign)
        case .word(let word): word == "in" || word == "not"
        default: false
        }
    }
}
