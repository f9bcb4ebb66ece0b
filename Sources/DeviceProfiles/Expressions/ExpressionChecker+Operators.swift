import DriverAPI

extension ExpressionChecker {
    func binary(
        _ operation: Expression.Operator, _ left: Syntax, _ right: Syntax, _ offset: Int
    ) throws(Failure) -> Checked {
        switch operation {
        case .or, .and:
            let a = try condition(left, of: operation.rawValue)
            let b = try condition(right, of: operation.rawValue)
            return .init(expression: .binary(operation, a, b, factor: 1), type: .bool)
        case .equal, .notEqual:
            let (a, b) = try sides(left, right)
            try requireComparable(a, b, left, right, operation, offset)
            return .init(expression: .binary(operation, a.expression, b.expression, factor: 1), type: .bool)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            let a = asNumber(try check(left))
            try requireOrder(a.type, left.offset)
            let b = asNumber(try check(right))
            try requireOrder(b.type, right.offset)
            try requireComparable(a, b, left, right, operation, offset)
            return .init(expression: .binary(operation, a.expression, b.expression, factor: 1), type: .bool)
        case .plus, .minus:
            let (a, b) = (try number(left, of: operation.rawValue), try number(right, of: operation.rawValue))
            try requireComparable(a, b, left, right, operation, offset)
            let type = a.type.common(with: b.type) ?? a.type
            return .init(expression: .binary(operation, a.expression, b.expression, factor: 1), type: type)
        case .times, .divided:
            return try product(operation, left, right, offset)
        }
    }

    /// Both sides of `==` and `!=`: a bare word is a member exactly when the other side has members.
    private func sides(_ left: Syntax, _ right: Syntax) throws(Failure) -> (Checked, Checked) {
        if let owner = owner(left) { return (try check(left), try memberOrValue(right, of: owner)) }
        if let owner = owner(right) { return (try memberOrValue(left, of: owner), try check(right)) }
        return (try check(left), try check(right))
    }

    private func requireComparable(
        _ a: Checked, _ b: Checked, _ left: Syntax, _ right: Syntax, _ operation: Expression.Operator, _ offset: Int
    ) throws(Failure) {
        if a.type.common(with: b.type) != nil {
            guard case .flags = a.type else { return }
            throw Failure(fault: .type(of: operation.rawValue, needs: "has(…)", found: a.type), offset: offset)
        }
        if case .number(let dimension) = a.type, let text = bareNumber(right) {
            throw Failure(fault: .unitMissing(text, dimension.canonicalUnit), offset: right.offset)
        }
        if case .number(let dimension) = b.type, let text = bareNumber(left) {
            throw Failure(fault: .unitMissing(text, dimension.canonicalUnit), offset: left.offset)
        }
        throw Failure(fault: .mismatch(operation.rawValue, a.type, b.type), offset: offset)
    }

    private func bareNumber(_ syntax: Syntax) -> String? {
        if case .number(let number, nil, _) = syntax.form { number.description } else { nil }
    }

    private func requireOrder(_ type: ExpressionType, _ offset: Int) throws(Failure) {
        switch type {
        case .number, .version, .unknown: return
        default: throw Failure(fault: .order(type), offset: offset)
        }
    }

    func contained(_ subject: Syntax, _ items: [Syntax.Item], negated: Bool) throws(Failure) -> Checked {
        let owner = owner(subject)
        let left = try check(subject)
        var entries: [Expression.SetItem] = []
        for item in items {
            let low = if let owner { try memberOrValue(item.low, of: owner) } else { try check(item.low) }
            try requireComparable(left, low, subject, item.low, .equal, item.low.offset)
            guard let end = item.high else {
                entries.append(.init(low: low.expression))
                continue
            }
            try requireOrder(asNumber(low).type, item.low.offset)
            let high = try check(end)
            let ends = (asNumber(low), asNumber(high))
            try requireOrder(ends.1.type, end.offset)
            try requireComparable(left, high, subject, end, .equal, end.offset)
            entries.append(.init(low: ends.0.expression, high: ends.1.expression))
        }
        return .init(expression: .contained(left.expression, entries, negated: negated), type: .bool)
    }

    // MARK: Products and quotients

    private func product(
        _ operation: Expression.Operator, _ left: Syntax, _ right: Syntax, _ offset: Int
    ) throws(Failure) -> Checked {
        let (a, b) = (try number(left, of: operation.rawValue), try number(right, of: operation.rawValue))
        if operation == .divided, isZero(b.expression) { throw Failure(fault: .divisionByZero, offset: right.offset) }
        guard case .number(let x) = a.type, case .number(let y) = b.type else {
            return .init(expression: .binary(operation, a.expression, b.expression, factor: 1), type: .unknown)
        }
        guard let result = operation == .times ? Self.product(x, y) : Self.quotient(x, y) else {
            throw Failure(fault: .product(operation.rawValue, a.type, b.type), offset: offset)
        }
        return .init(
            expression: .binary(operation, a.expression, b.expression, factor: result.factor),
            type: .number(result.dimension))
    }

    /// Whether an expression of literals only comes to 0.
    private func isZero(_ expression: Expression) -> Bool {
        expression.references.isEmpty && expression.evaluate(in: EmptyScope()).value == .number(0)
    }

    private static func product(_ a: Dimension, _ b: Dimension) -> (dimension: Dimension, factor: Exact)? {
        switch (a, b) {
        case (.number, let other), (let other, .number): (other, 1)
        case (.current, .voltage), (.voltage, .current): (.power, 1)
        case (.power, .time), (.time, .power): (.energy, Unit.Ws.factor)
        default: nil
        }
    }

    private static func quotient(_ a: Dimension, _ b: Dimension) -> (dimension: Dimension, factor: Exact)? {
        if a == b { return (.number, 1) }
        switch (a, b) {
        case (_, .number): return (a, 1)
        case (.power, .voltage): return (.current, 1)
        case (.power, .current): return (.voltage, 1)
        case (.energy, .time): return Exact.one.divided(by: Unit.Ws.factor).map { (.power, $0) }
        default: return nil
        }
    }
}
