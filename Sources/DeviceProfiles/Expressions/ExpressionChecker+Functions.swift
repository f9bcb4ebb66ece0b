import DriverAPI
import YAML

extension ExpressionChecker {
    func call(_ function: Expression.Function, _ arguments: [Syntax], _ offset: Int) throws(Failure) -> Checked {
        try requireCount(of: function, arguments, offset)
        switch function {
        case .min, .max, .sum: return try combined(function, arguments, numbers: true)
        case .first: return try combined(function, arguments, numbers: false)
        case .abs, .round, .floor:
            let checked = try number(arguments[0], of: function.rawValue)
            return .init(expression: .call(function, [checked.expression]), type: checked.type)
        case .choose: return try choice(arguments, offset)
        case .known:
            return .init(expression: .call(.known, [try check(arguments[0]).expression]), type: .bool)
        case .bit, .digit: return try place(function, arguments)
        case .has: return try flag(arguments)
        case .number: return try conversion(arguments)
        }
    }

    private func requireCount(
        of function: Expression.Function, _ arguments: [Syntax], _ offset: Int
    ) throws(Failure) {
        let (allowed, words): (ClosedRange<Int>, String) =
            switch function {
            case .min, .max, .sum, .first: (1...Int.max, "at least one argument")
            case .abs, .round, .floor, .known: (1...1, "one argument")
            case .bit, .digit, .has, .number: (2...2, "two arguments")
            case .choose: (3...3, "three arguments")
            }
        guard !allowed.contains(arguments.count) else { return }
        throw Failure(fault: .arguments(function, needs: words, found: arguments.count), offset: offset)
    }

    /// Functions of any number of arguments of one type, `name.*` among them.
    private func combined(
        _ function: Expression.Function, _ arguments: [Syntax], numbers: Bool
    ) throws(Failure) -> Checked {
        var parts: [(checked: Checked, syntax: Syntax)] = []
        for argument in arguments {
            if case .name(let name) = argument.form, name.hasSuffix(".*") {
                parts.append((try lanes(name, argument.offset), argument))
            } else {
                parts.append((try check(argument), argument))
            }
        }
        var type = numbers ? try numeric(parts[0].checked.type, parts[0].syntax, function) : parts[0].checked.type
        for part in parts.dropFirst() {
            let next = numbers ? try numeric(part.checked.type, part.syntax, function) : part.checked.type
            guard let common = type.common(with: next) else {
                throw mismatch(function.rawValue, type, next, part.syntax)
            }
            type = common
        }
        let isNumber = if case .number = type { true } else { false }
        return .init(
            expression: .call(
                function, parts.map { isNumber ? asNumber($0.checked).expression : $0.checked.expression }),
            type: type)
    }

    private func numeric(
        _ type: ExpressionType, _ syntax: Syntax, _ function: Expression.Function
    ) throws(Failure) -> ExpressionType {
        if let dimension = type.dimension { return .number(dimension) }
        if type == .unknown { return type }
        throw Failure(
            fault: .type(of: function.rawValue, needs: "numbers or quantities", found: type), offset: syntax.offset)
    }

    private func mismatch(_ what: String, _ a: ExpressionType, _ b: ExpressionType, _ syntax: Syntax) -> Failure {
        if case .number(let dimension) = a, case .number(let number, nil, _) = syntax.form {
            return Failure(
                fault: .unitMissing(number.description, dimension.canonicalUnit), offset: syntax.offset)
        }
        return Failure(fault: .mismatch(what, a, b), offset: syntax.offset)
    }

    private func choice(_ arguments: [Syntax], _ offset: Int) throws(Failure) -> Checked {
        let condition = try condition(arguments[0], of: "if")
        let (a, b) = (try check(arguments[1]), try check(arguments[2]))
        guard let type = a.type.common(with: b.type) else { throw mismatch("if", a.type, b.type, arguments[2]) }
        let isNumber = if case .number = type { true } else { false }
        let sides = isNumber ? [asNumber(a).expression, asNumber(b).expression] : [a.expression, b.expression]
        return .init(expression: .call(.choose, [condition] + sides), type: type)
    }

    /// `bit(n, i)` and `digit(n, i)`: i is 0 to 63, or 0 to 36.
    private func place(_ function: Expression.Function, _ arguments: [Syntax]) throws(Failure) -> Checked {
        var parts: [Expression] = []
        for argument in arguments {
            let checked = try number(argument, of: function.rawValue)
            guard ExpressionType.number(.number).accepts(checked.type) else {
                throw Failure(
                    fault: .type(of: function.rawValue, needs: "a number without unit", found: checked.type),
                    offset: argument.offset)
            }
            parts.append(checked.expression)
        }
        if case .literal(.number(let i)) = parts[1], Expression.place(i, of: function) == nil {
            throw Failure(fault: .index(function, i), offset: arguments[1].offset)
        }
        return .init(expression: .call(function, parts), type: function == .bit ? .bool : .number(.number))
    }

    private func flag(_ arguments: [Syntax]) throws(Failure) -> Checked {
        let set = try check(arguments[0])
        let names: [String]?
        switch set.type {
        case .flags(let known): names = known
        case .unknown: names = nil
        default:
            throw Failure(
                fault: .type(of: "has", needs: "a point with flags", found: set.type), offset: arguments[0].offset)
        }
        guard case .text(let name) = arguments[1].form else {
            throw Failure(
                fault: .expected("the name of a flag in single quotes", found: "something else"),
                offset: arguments[1].offset)
        }
        if let names, !names.contains(name), Expression.unnamedBit(name) == nil {
            throw Failure(fault: .flag(name, nearest: closest(to: name, among: names)), offset: arguments[1].offset)
        }
        return .init(expression: .call(.has, [set.expression, .literal(.text(name))]), type: .bool)
    }

    private func conversion(_ arguments: [Syntax]) throws(Failure) -> Checked {
        let quantity = try number(arguments[0], of: "number")
        guard case .unit(let unit) = arguments[1].form else {
            throw Failure(fault: .expected("a unit", found: "something else"), offset: arguments[1].offset)
        }
        guard ExpressionType.number(unit.dimension).accepts(quantity.type) else {
            throw Failure(fault: .conversion(unit, quantity.type), offset: arguments[1].offset)
        }
        return .init(
            expression: .call(.number, [quantity.expression, .literal(.number(unit.factor))]), type: .number(.number))
    }
}
