import DriverAPI
import YAML

/// Resolves names and members, checks types, and turns quantities into canonical units.
struct ExpressionChecker<Context: ExpressionContext> {
    typealias Failure = ExpressionLexer.Failure
    typealias Syntax = ExpressionSyntax

    /// An expression and what it yields.
    struct Checked {
        var expression: Expression
        var type: ExpressionType
    }

    let context: Context

    func check(_ syntax: Syntax) throws(Failure) -> Checked {
        switch syntax.form {
        case .number(let number, let unit, _): return try quantity(number, unit, syntax.offset)
        case .numberedWord(let word, let unit, let unitOffset):
            if unit.hasPrefix("-") { throw Failure(fault: .minusNeedsBlanks(word), offset: syntax.offset) }
            throw Failure(fault: .unit(unit, nearest: Unit.nearest(to: unit)), offset: unitOffset)
        case .text(let text): return .init(expression: .literal(.text(text)), type: .text)
        case .version(let parts): return .init(expression: .literal(.version(parts)), type: .version)
        case .bool(let bool): return .init(expression: .literal(.bool(bool)), type: .bool)
        case .unit(let unit):
            throw Failure(fault: .expected("a value", found: "\"\(unit.rawValue)\""), offset: syntax.offset)
        case .name(let name): return try named(name, syntax.offset)
        case .not(let inner):
            return .init(expression: .not(try condition(inner, of: "not")), type: .bool)
        case .negative(let inner): return try negative(inner)
        case .binary(let operation, let left, let right):
            return try binary(operation, left, right, syntax.offset)
        case .contained(let subject, let items, let negated):
            return try contained(subject, items, negated: negated)
        case .call(let function, let arguments): return try call(function, arguments, syntax.offset)
        }
    }

    // MARK: Simple parts

    private func quantity(_ number: Exact, _ unit: Unit?, _ offset: Int) throws(Failure) -> Checked {
        guard let unit else { return .init(expression: .literal(.number(number)), type: .number(.number)) }
        guard let canonical = number.multiplied(by: unit.factor) else {
            throw Failure(fault: .number(number.description), offset: offset)
        }
        return .init(expression: .literal(.number(canonical)), type: .number(unit.dimension))
    }

    private func negative(_ inner: Syntax) throws(Failure) -> Checked {
        let checked = try number(inner, of: "-")
        if case .literal(.number(let value)) = checked.expression {
            return .init(expression: .literal(.number(value.negated)), type: checked.type)
        }
        return .init(expression: .negative(checked.expression), type: checked.type)
    }

    /// A boolean part of `what`.
    func condition(_ syntax: Syntax, of what: String) throws(Failure) -> Expression {
        let checked = try check(syntax)
        guard ExpressionType.bool.accepts(checked.type) else {
            throw Failure(fault: .type(of: what, needs: "a boolean", found: checked.type), offset: syntax.offset)
        }
        return checked.expression
    }

    /// A part of `what` that is a number or quantity; its type is `.number` or `.unknown`.
    func number(_ syntax: Syntax, of what: String) throws(Failure) -> Checked {
        let checked = asNumber(try check(syntax))
        switch checked.type {
        case .number, .unknown: return checked
        default:
            throw Failure(
                fault: .type(of: what, needs: "a number or quantity", found: checked.type), offset: syntax.offset)
        }
    }

    /// Members such as 1, 3, auto as a number: words among them become unknown.
    func asNumber(_ checked: Checked) -> Checked {
        guard case .member = checked.type, let dimension = checked.type.dimension else { return checked }
        return .init(
            expression: .call(.number, [checked.expression, .literal(.number(1))]), type: .number(dimension))
    }
}
