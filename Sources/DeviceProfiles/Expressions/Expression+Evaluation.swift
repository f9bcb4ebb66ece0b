import DriverAPI

extension Expression {
    /// What the expression comes to with the present values of its names.
    ///
    /// Never traps: an overflow, a division by 0 or a bit of a fraction is no data. Unknown inputs make it unknown,
    /// except where `or`, `and`, `sum`, `first` and `known` say otherwise.
    public func evaluate(in scope: some ExpressionScope) -> Evaluated {
        switch self {
        case .literal(let value): return Evaluated(value: value)
        case .name(.lanes(let names)):
            return names.first.map { scope.evaluated(.point($0)).usable } ?? .noData
        case .name(let reference): return scope.evaluated(reference).usable
        case .not(let inner):
            let result = inner.evaluate(in: scope)
            return result.with(result.value?.bool.map { .bool(!$0) })
        case .negative(let inner):
            let result = inner.evaluate(in: scope)
            return result.with(result.value?.number.map { .number($0.negated) })
        case .binary(.and, let left, let right, _):
            return Self.logical(left, right, decisive: false, scope)
        case .binary(.or, let left, let right, _):
            return Self.logical(left, right, decisive: true, scope)
        case .binary(let operation, let left, let right, let factor):
            let (a, b) = (left.evaluate(in: scope), right.evaluate(in: scope))
            guard let x = a.value, let y = b.value else { return a.combined(with: b, value: nil) }
            return a.combined(with: b, value: Self.result(operation, x, y, factor))
        case .contained(let subject, let items, let negated):
            return Self.containment(of: subject.evaluate(in: scope), in: items, negated: negated, scope)
        case .call(let function, let arguments):
            return Self.result(of: function, arguments, scope)
        }
    }

    /// Whether a condition holds; unknown counts as false.
    public func holds(in scope: some ExpressionScope) -> Bool { evaluate(in: scope).value == .bool(true) }

    // MARK: Three-valued logic

    private static func logical(
        _ left: Expression, _ right: Expression, decisive: Bool, _ scope: some ExpressionScope
    ) -> Evaluated {
        let a = left.evaluate(in: scope)
        if a.value?.bool == decisive { return a }
        let b = right.evaluate(in: scope)
        if b.value?.bool == decisive { return b }
        guard a.value?.bool != nil, b.value?.bool != nil else { return a.combined(with: b, value: nil) }
        return a.combined(with: b, value: .bool(!decisive))
    }

    // MARK: Two sides

    private static func result(_ operation: Operator, _ x: Value, _ y: Value, _ factor: Exact) -> Value? {
        switch operation {
        case .equal: return .bool(areEqual(x, y))
        case .notEqual: return .bool(!areEqual(x, y))
        case .less: return isLess(x, y).map(Value.bool)
        case .greater: return isLess(y, x).map(Value.bool)
        case .lessOrEqual: return isLess(y, x).map { .bool(!$0) }
        case .greaterOrEqual: return isLess(x, y).map { .bool(!$0) }
        case .plus, .minus, .times, .divided:
            guard let a = x.number, let b = y.number, let plain = arithmetic(operation, a, b) else { return nil }
            return factor == 1 ? .number(plain) : plain.multiplied(by: factor).map(Value.number)
        case .and, .or: return nil
        }
    }

    private static func arithmetic(_ operation: Operator, _ a: Exact, _ b: Exact) -> Exact? {
        switch operation {
        case .plus: a.adding(b)
        case .minus: a.subtracting(b)
        case .times: a.multiplied(by: b)
        default: a.divided(by: b)
        }
    }

    /// Whether two values are the same; a member that is written as a whole number equals that number.
    static func areEqual(_ x: Value, _ y: Value) -> Bool {
        switch (x, y) {
        case (.version(let a), .version(let b)): VersionText.isEqual(a, b)
        case (.number(let n), .member(let m)), (.member(let m), .number(let n)): n.description == m
        default: x == y
        }
    }

    private static func isLess(_ x: Value, _ y: Value) -> Bool? {
        switch (x, y) {
        case (.version(let a), .version(let b)): VersionText.isLess(a, b)
        default:
            if let a = numeric(x), let b = numeric(y) { a < b } else { nil }
        }
    }

    // MARK: Sets

    private static func containment(
        of subject: Evaluated, in items: [SetItem], negated: Bool, _ scope: some ExpressionScope
    ) -> Evaluated {
        var result = subject
        var isFound = false
        for item in items {
            let low = item.low.evaluate(in: scope)
            result = result.combined(with: low, value: subject.value)
            guard let end = item.high else {
                if let x = subject.value, let y = low.value, areEqual(x, y) { isFound = true }
                if low.value == nil { return result.with(nil) }
                continue
            }
            let high = end.evaluate(in: scope)
            result = result.combined(with: high, value: subject.value)
            guard let bottom = low.value, let top = high.value else { return result.with(nil) }
            if let x = subject.value, isLess(x, bottom) == false, isLess(top, x) == false { isFound = true }
        }
        guard subject.value != nil else { return result.with(nil) }
        return result.with(.bool(isFound != negated))
    }
}
