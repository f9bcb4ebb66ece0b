import DriverAPI

/// Keeps readings out that cannot be true: the `plausible` and `counter` rules of one point.
///
/// While a reading is kept out, the result is the last accepted value as `suspect`; before any was accepted, the reading
/// itself as `suspect`. Everything but good numbers passes through and changes nothing.
///
/// - `plausible`: a reading outside is let in when it agrees with the reading before it within 10 % of the larger.
/// - `counter`: a lower reading is let in when it was lower `confirm N` times in a row, or at once with `accept`; a
///   fall from the last tenth below `wrap` to the first tenth above 0 is the counter starting again.
public struct ReadingFilter: Sendable {
    /// What is kept out; the same for every reading, so it is kept beside.
    private struct Rules: Sendable {
        var plausible: (low: Bound, high: Bound)?
        var counter: ValueRule.Counter?
        var wrap: Exact?
    }

    @Shared private var rules: Rules
    private var accepted: Exact?
    private var outside: Exact?
    private var falls = 0

    /// Prepares the filter of a point; nil for rules that keep nothing out. `accepted`: the last value of before.
    public init?(_ rule: ValueRule, accepted: Exact? = nil) {
        var counter = rule.counter
        if case .accept = counter { counter = nil }
        guard rule.plausible != nil || counter != nil else { return nil }
        _rules = Shared(wrappedValue: Rules(plausible: rule.plausible, counter: counter, wrap: rule.wrap))
        self.accepted = accepted
    }

    /// The reading as it is to be shown, after one more was taken.
    public mutating func filter(_ reading: DecodedValue, in scope: some ExpressionScope) -> DecodedValue {
        guard case .number(let number)? = reading.value, reading.quality == .good else { return reading }
        if isImplausible(number, scope) {
            let before = outside
            outside = number
            guard let before, Self.agree(before, number) else { return suspect(reading) }
        } else {
            outside = nil
        }
        if isUnconfirmedFall(number) { return suspect(reading) }
        accepted = number
        return reading
    }

    /// Forgets everything, after another device answered in this place.
    public mutating func reset() {
        accepted = nil
        outside = nil
        falls = 0
    }

    private func suspect(_ reading: DecodedValue) -> DecodedValue {
        var result = reading
        if let accepted { result.value = .number(accepted) }
        result.quality = .suspect
        return result
    }

    private func isImplausible(_ number: Exact, _ scope: some ExpressionScope) -> Bool {
        guard let plausible = rules.plausible else { return false }
        if let low = bound(plausible.low, scope), number < low { return true }
        if let high = bound(plausible.high, scope), number > high { return true }
        return false
    }

    private func bound(_ bound: Bound, _ scope: some ExpressionScope) -> Exact? {
        switch bound {
        case .fixed(let number): number
        case .expression(let expression): Expression.numeric(expression.evaluate(in: scope).value)
        }
    }

    /// Whether two readings differ by at most 10 % of the larger magnitude.
    private static func agree(_ a: Exact, _ b: Exact) -> Bool {
        guard let difference = a.subtracting(b)?.magnitude.multiplied(by: 10) else { return false }
        return difference <= max(a.magnitude, b.magnitude)
    }

    private mutating func isUnconfirmedFall(_ number: Exact) -> Bool {
        guard case .confirm(let needed)? = rules.counter, let accepted, number < accepted,
            !isWrap(from: accepted, to: number)
        else {
            falls = 0
            return false
        }
        falls += 1
        if falls < needed { return true }
        falls = 0
        return false
    }

    private func isWrap(from last: Exact, to number: Exact) -> Bool {
        guard let wrap = rules.wrap, let tenth = wrap.divided(by: 10), let lastTenth = wrap.subtracting(tenth) else {
            return false
        }
        return number >= 0 && number <= tenth && last >= lastTenth
    }
}
