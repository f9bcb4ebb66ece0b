import DriverAPI

extension Expression {
    static func result(
        of function: Function, _ arguments: [Expression], _ scope: some ExpressionScope
    ) -> Evaluated {
        switch function {
        case .sum: return sum(arguments, scope)
        case .first: return first(arguments, scope)
        case .min: return extreme(arguments, scope) { $1 < $0 }
        case .max: return extreme(arguments, scope) { $0 < $1 }
        case .known:
            let result = arguments[0].evaluate(in: scope)
            return Evaluated(value: .bool(result.isKnown), time: result.time)
        case .choose:
            let condition = arguments[0].evaluate(in: scope)
            guard let holds = condition.value?.bool else { return condition.with(nil) }
            let chosen = arguments[holds ? 1 : 2].evaluate(in: scope)
            return condition.combined(with: chosen, value: chosen.value)
        case .abs, .round, .floor:
            let result = arguments[0].evaluate(in: scope)
            return result.with(numeric(result.value).map { .number(single(function, $0)) })
        case .bit, .digit, .has, .number:
            let (a, b) = (arguments[0].evaluate(in: scope), arguments[1].evaluate(in: scope))
            guard let x = a.value, let y = b.value else { return a.combined(with: b, value: nil) }
            return a.combined(with: b, value: pair(function, x, y))
        }
    }

    /// The number of a value; members that are written as whole numbers are numbers, other words are not.
    static func numeric(_ value: Value?) -> Exact? {
        switch value {
        case .number(let number): number
        case .member(let member) where isWholeNumber(member): Exact(text: member)
        default: nil
        }
    }

    private static func single(_ function: Function, _ number: Exact) -> Exact {
        switch function {
        case .abs: number.magnitude
        case .round: number.rounded
        default: number.floor
        }
    }

    private static func pair(_ function: Function, _ x: Value, _ y: Value) -> Value? {
        switch function {
        case .number:
            guard let quantity = numeric(x), let factor = y.number else { return nil }
            return quantity.divided(by: factor).map(Value.number)
        case .has:
            guard case .flags(let names) = x, let name = y.text else { return nil }
            return .bool(names.contains(name))
        default:
            guard let number = numeric(x), number.isInteger, let i = numeric(y), let place = place(i, of: function)
            else { return nil }
            if function == .bit { return .bool((number.numerator >> Int128(place)) & 1 == 1) }
            guard let power = Exact.powerOfTen(place) else { return nil }
            return .number(Exact(integer: Int128(number.numerator.magnitude) / power.numerator % 10))
        }
    }

    /// The place of a bit (0 to 63) or digit (0 to 36); nil for anything else.
    static func place(_ i: Exact, of function: Function) -> Int? {
        guard let i = i.asInt, i >= 0, i <= (function == .bit ? 63 : 36) else { return nil }
        return i
    }

    /// The bit that `bitN` names; nil for other names.
    static func unnamedBit(_ name: String) -> Int? {
        guard name.hasPrefix("bit"), let bit = Int(name.dropFirst(3)), (0...63).contains(bit), name == "bit\(bit)"
        else { return nil }
        return bit
    }

    // MARK: Any number of arguments

    /// Calls `body` with each argument's result, lanes one by one, until it returns false.
    private static func each(
        _ arguments: [Expression], _ scope: some ExpressionScope, _ body: (Evaluated) -> Bool
    ) {
        for argument in arguments {
            for inner in argument.lanesApart where !body(inner.evaluate(in: scope)) { return }
        }
    }

    /// An argument lane by lane; `number(name.*, u)` is taken apart too.
    private var lanesApart: [Expression] {
        switch self {
        case .name(.lanes(let names)): names.map { .name(.point($0)) }
        case .call(.number, let arguments):
            arguments[0].lanesApart.map { .call(.number, [$0] + arguments.dropFirst()) }
        default: [self]
        }
    }

    private static func sum(_ arguments: [Expression], _ scope: some ExpressionScope) -> Evaluated {
        var total: Evaluated?
        each(arguments, scope) { part in
            if part.value == nil, part.quality == .absent { return true }
            guard let before = total else {
                total = part.with(numeric(part.value).map(Value.number))
                return true
            }
            let sum = numeric(before.value).flatMap { a in numeric(part.value).flatMap { a.adding($0) } }
            total = before.combined(with: part, value: sum.map(Value.number))
            return true
        }
        return total ?? Evaluated(value: nil, quality: .absent)
    }

    /// The first good one; where none is good, the first suspect one; else unknown for the least bad reason.
    private static func first(_ arguments: [Expression], _ scope: some ExpressionScope) -> Evaluated {
        var best: Evaluated?
        each(arguments, scope) { part in
            if part.isKnown, part.quality == .good {
                best = part
                return false
            }
            if best.map({ part.quality < $0.quality }) ?? true { best = part }
            return true
        }
        return best ?? .noData
    }

    private static func extreme(
        _ arguments: [Expression], _ scope: some ExpressionScope, isBetter: (Exact, Exact) -> Bool
    ) -> Evaluated {
        var best: Evaluated?
        each(arguments, scope) { part in
            guard let before = best else {
                best = part.with(numeric(part.value).map(Value.number))
                return true
            }
            var value: Value?
            if let a = numeric(before.value), let b = numeric(part.value) { value = .number(isBetter(a, b) ? b : a) }
            best = before.combined(with: part, value: value)
            return true
        }
        return best ?? .noData
    }
}
