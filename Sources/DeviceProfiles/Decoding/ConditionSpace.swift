import DriverAPI

/// Finds out whether conditions over options and facts can hold, by trying one value of every kind that they tell apart.
///
/// Each thing compared with literals (`fact.firmware`, `digit(fact.product, 5)`) takes the values at, between and beyond
/// those literals, and unknown. Things are taken as independent, so a "no" is certain and a "yes" is not.
struct ConditionSpace {
    private static let mostCombinations = 4096

    /// What conditions compare, and with what, in the order of the file.
    private struct Literals {
        var terms: [Expression] = []
        var values: [Expression: [Value]] = [:]

        mutating func add(_ new: [Value], to term: Expression) {
            if values[term] == nil { terms.append(term) }
            values[term, default: []] += new
        }
    }

    private let options: [String: OptionDefinition]
    private var candidates: [(term: Expression, values: [Value?])] = []

    /// The space of these options and of what `conditions` compare.
    init(_ conditions: [Expression], options: [OptionDefinition]) {
        self.options = Dictionary(options.map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a })
        var literals = Literals()
        for condition in conditions { Self.collect(condition, into: &literals) }
        candidates = literals.terms.map { ($0, values(of: $0, comparedWith: literals.values[$0] ?? [])) }
    }

    /// Whether all of `conditions` can hold at once; true where that is not decided.
    func canHold(_ conditions: [Expression]) -> Bool {
        let combinations = candidates.reduce(1) { product, next in min(product * max(next.values.count, 1), 1 << 30) }
        guard combinations <= Self.mostCombinations else { return true }
        for number in 0..<combinations {
            var chosen: [Expression: Value?] = [:]
            var rest = number
            for (term, values) in candidates where !values.isEmpty {
                chosen.updateValue(values[rest % values.count], forKey: term)
                rest /= values.count
            }
            if conditions.allSatisfy({ $0.replacing(chosen).holds(in: EmptyScope()) }) { return true }
        }
        return false
    }

    /// Gathers the terms of a condition and the literals that each is compared with.
    private static func collect(_ condition: Expression, into literals: inout Literals) {
        switch condition {
        case .literal: break
        case .not(let inner): collect(inner, into: &literals)
        case .binary(.and, let left, let right, _), .binary(.or, let left, let right, _):
            collect(left, into: &literals)
            collect(right, into: &literals)
        case .binary(_, let term, .literal(let value), _), .binary(_, .literal(let value), let term, _):
            literals.add([value], to: term)
        case .contained(let term, let items, _):
            let values = items.flatMap { [$0.low, $0.high] }.compactMap { $0 }.map { item -> Value? in
                if case .literal(let value) = item { value } else { nil }
            }
            let known = values.compactMap { $0 }
            if known.count == values.count {
                literals.add(known, to: term)
            } else {
                literals.add([.bool(true)], to: condition)
            }
        case .call(.known, let arguments):
            if let term = arguments.first { literals.add([], to: term) }
        default: literals.add([.bool(true)], to: condition)
        }
    }

    private func values(of term: Expression, comparedWith literals: [Value]) -> [Value?] {
        if case .name(.option(let name)) = term, let option = options[name] {
            switch option.kind {
            case .bool: return [.bool(true), .bool(false)]
            case .choice: return option.choices.map { .member($0.name) }
            default:
                let values = neighbours(literals).filter { value in
                    guard let range = option.range, let number = value.number else { return true }
                    return range.contains(number)
                }
                return values.isEmpty ? [nil] : values
            }
        }
        return neighbours(literals) + [nil]
    }

    /// The literals, and values between and beyond them.
    private func neighbours(_ literals: [Value]) -> [Value] {
        var values = literals.unique
        let numbers = values.compactMap(\.number).sorted()
        if let low = numbers.first, let high = numbers.last {
            values += [low.subtracting(1), high.adding(1)].compactMap { $0 }.map(Value.number)
            for (a, b) in zip(numbers, numbers.dropFirst()) {
                if let middle = a.adding(b)?.divided(by: 2) { values.append(.number(middle)) }
            }
        }
        for case .version(let parts) in literals { values += [.version([0]), .version(parts + [1])] }
        if literals.contains(where: { $0.bool != nil }) { values += [.bool(true), .bool(false)] }
        if literals.contains(where: { if case .text = $0 { true } else { false } }) { values.append(.text("\u{1}")) }
        if literals.contains(where: { if case .member = $0 { true } else { false } }) {
            values.append(.member("\u{1}"))
        }
        return values.isEmpty ? [.number(0)] : values.unique
    }
}

extension Expression {
    /// The expression with terms replaced by values; nil stands for unknown.
    fileprivate func replacing(_ values: [Expression: Value?]) -> Expression {
        if let value = values[self] { return value.map(Expression.literal) ?? .name(.fact("")) }
        switch self {
        case .literal, .name: return self
        case .not(let inner): return .not(inner.replacing(values))
        case .negative(let inner): return .negative(inner.replacing(values))
        case .binary(let operation, let left, let right, let factor):
            return .binary(operation, left.replacing(values), right.replacing(values), factor: factor)
        case .contained(let subject, let items, let negated):
            return .contained(subject.replacing(values), items, negated: negated)
        case .call(let function, let arguments):
            return .call(function, arguments.map { $0.replacing(values) })
        }
    }
}
