/// Cuts an expression into tokens. Positions count Unicode scalars, as marks do.
struct ExpressionLexer {
    private let scalars: [Unicode.Scalar]
    private var at = 0

    /// More is no expression of a profile.
    static let longest = 2000

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// A fault and the position where it is.
    struct Failure: Error {
        var fault: ExpressionFault
        var offset: Int
    }

    /// All tokens, the end included.
    mutating func tokens() throws(Failure) -> [ExpressionToken] {
        guard scalars.count <= Self.longest else { throw Failure(fault: .tooLong(Self.longest), offset: Self.longest) }
        var tokens: [ExpressionToken] = []
        while let token = try next(after: tokens.last) { tokens.append(token) }
        tokens.append(.init(kind: .end, start: at, end: at))
        return tokens
    }

    private mutating func next(after last: ExpressionToken?) throws(Failure) -> ExpressionToken? {
        while let c = peek(), c == " " || c == "\t" || c == "\n" { at += 1 }
        guard let c = peek() else { return nil }
        let start = at
        let kind = try kind(beginningWith: c, behindNumber: isBehindNumber(last))
        return ExpressionToken(kind: kind, start: start, end: at)
    }

    private mutating func kind(
        beginningWith c: Unicode.Scalar, behindNumber: Bool
    ) throws(Failure) -> ExpressionToken.Kind {
        if isDigit(c) { return .number(try number()) }
        if isLetter(c) || (c == "-" && behindNumber && peek(1).map(isLetter) == true) { return .word(word()) }
        if c == "'" { return .text(try text()) }
        if c == "%" {
            at += 1
            return .word("%")
        }
        return .sign(try sign())
    }

    private func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        at + distance < scalars.count ? scalars[at + distance] : nil
    }

    private func isBehindNumber(_ last: ExpressionToken?) -> Bool {
        if case .number = last?.kind { last?.end == at } else { false }
    }

    private mutating func number() throws(Failure) -> String {
        let start = at
        if peek() == "0", peek(1) == "x", let digit = peek(2), isHexDigit(digit) {
            at += 2
            while let c = peek(), isHexDigit(c) { at += 1 }
            return string(from: start)
        }
        while let c = peek(), isDigit(c) { at += 1 }
        if peek() == ".", let digit = peek(1), isDigit(digit) {
            at += 1
            while let c = peek(), isDigit(c) { at += 1 }
        }
        let text = string(from: start)
        if text.utf8.count > 1, text.hasPrefix("0"), !text.hasPrefix("0.") {
            throw Failure(fault: .number(text), offset: start)
        }
        return text
    }

    private mutating func word() -> String {
        let start = at
        at += 1
        while let c = peek() {
            if isLetter(c) || isDigit(c) {
                at += 1
            } else if c == "-", let next = peek(1), isLetter(next) || isDigit(next) {
                at += 2
            } else if c == ".", let next = peek(1), isLetter(next) || isDigit(next) {
                at += 2
            } else if c == ".", peek(1) == "*" {
                at += 2
                break
            } else {
                break
            }
        }
        return string(from: start)
    }

    private mutating func text() throws(Failure) -> String {
        let start = at
        at += 1
        while let c = peek(), c != "'" { at += 1 }
        guard peek() != nil else { throw Failure(fault: .openText, offset: start) }
        at += 1
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[(start + 1)..<(at - 1)])
        return String(text)
    }

    private mutating func sign() throws(Failure) -> String {
        let start = at
        let two = string(from: start, length: 2)
        if ["==", "!=", "<=", ">=", ".."].contains(two) {
            at += 2
            return two
        }
        let one = string(from: start, length: 1)
        guard ["<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ","].contains(one) else {
            throw Failure(
                fault: one == "=" ? .expected("\"==\"", found: "\"=\"") : .character(Character(scalars[at])), offset: at
            )
        }
        at += 1
        return one
    }

    private func string(from start: Int) -> String { string(from: start, length: at - start) }

    private func string(from start: Int, length: Int) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<min(start + length, scalars.count)])
        return String(text)
    }

    private func isDigit(_ c: Unicode.Scalar) -> Bool { c >= "0" && c <= "9" }
    private func isHexDigit(_ c: Unicode.Scalar) -> Bool {
        isDigit(c) || (c >= "a" && c <= "f") || (c >= "A" && c <= "F")
    }
    private func isLetter(_ c: Unicode.Scalar) -> Bool {
        (c >= "a" && c <= "z") || (c >= "A" && c <= "Z") || c == "_"
    }
}
