import DeviceProfiles
import DriverAPI

/// Finds which points must change, and to what, for an expression to come out as a number.
///
/// It goes through negation, arithmetic with one side kept, `first` (the entry that is known now), `sum` (the difference
/// is shared equally), `if` (the branch that holds now) and roundings; other expressions have no answer.
struct ExpressionInverse {
    /// The device's view that is to be changed.
    let scope: ImageScope

    /// The points and their new values; nil when none are found.
    func changes(_ expression: Expression, to target: Exact) -> [(point: String, value: Exact)]? {
        switch expression {
        case .name(.point(let name)): return changes(point: name, to: target)
        case .negative(let inner): return changes(inner, to: target.negated)
        case .binary(let sign, let left, let right, let factor):
            return changes(sign, left, right, factor: factor, to: target)
        case .call(let function, let arguments): return changes(function, arguments, to: target)
        default: return nil
        }
    }

    private func changes(point name: String, to target: Exact) -> [(point: String, value: Exact)]? {
        guard let point = scope.map.point(name), scope.has(point) else { return nil }
        if point.place != nil { return [(name, target)] }
        guard case .expression(let expression) = point.definition.origin else { return nil }
        let inverted = point.definition.value.invert?.holds(in: scope) ?? false
        return changes(expression, to: inverted ? target.negated : target)
    }

    private func changes(
        _ sign: Expression.Operator, _ left: Expression, _ right: Expression, factor: Exact, to target: Exact
    ) -> [(point: String, value: Exact)]? {
        let keepsLeft = left.points.isEmpty
        guard let kept = number(keepsLeft ? left : right) else { return nil }
        let moved: Exact?
        switch sign {
        case .plus: moved = target.subtracting(kept)
        case .minus: moved = keepsLeft ? kept.subtracting(target) : target.adding(kept)
        case .times: moved = target.divided(by: factor)?.divided(by: kept)
        case .divided where keepsLeft: moved = target == 0 ? nil : kept.multiplied(by: factor)?.divided(by: target)
        case .divided: moved = target.divided(by: factor)?.multiplied(by: kept)
        default: return nil
        }
        return moved.flatMap { changes(keepsLeft ? right : left, to: $0) }
    }

    private func changes(
        _ function: Expression.Function, _ arguments: [Expression], to target: Exact
    ) -> [(point: String, value: Exact)]? {
        switch function {
        case .first:
            let entries = expanded(arguments)
            return (entries.first { number($0) != nil } ?? entries.first).flatMap { changes($0, to: target) }
        case .sum:
            let entries = expanded(arguments).compactMap { entry in number(entry).map { (entry, $0) } }
            var total = Exact.zero
            for (_, value) in entries { total = total.adding(value) ?? total }
            guard let missing = target.subtracting(total)?.divided(by: Exact(entries.count)) else { return nil }
            return entries.reduce(into: []) { found, entry in
                guard let value = entry.1.adding(missing) else { return }
                found? += changes(entry.0, to: value) ?? []
            }
        case .choose where arguments.count == 3:
            return changes(arguments[arguments[0].holds(in: scope) ? 1 : 2], to: target)
        case .round, .floor, .number:
            return arguments.first.flatMap { changes($0, to: target) }
        default: return nil
        }
    }

    /// The arguments with all lanes named one by one.
    private func expanded(_ arguments: [Expression]) -> [Expression] {
        arguments.flatMap { argument -> [Expression] in
            guard case .name(.lanes(let names)) = argument else { return [argument] }
            return names.map { .name(.point($0)) }
        }
    }

    private func number(_ expression: Expression) -> Exact? { expression.evaluate(in: scope).value?.number }
}
