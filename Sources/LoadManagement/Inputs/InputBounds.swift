/// Between what a number from outside can lie, and what was found beyond.
struct InputBounds {
    var problems: [InputProblem] = []

    /// Milliamperes of a limit.
    static let current = 0...CircuitTree.largestCurrent
    /// Milliamperes of a load.
    static let signedCurrent = -CircuitTree.largestCurrent...CircuitTree.largestCurrent
    /// 1 TW in milliwatts.
    static let power = -1_000_000_000_000_000...1_000_000_000_000_000
    /// A year in nanoseconds.
    static let span = 0...31_622_400_000_000_000
    /// Leaves room for the bands of a class.
    static let priority = -1_000_000_000...1_000_000_000
    /// The largest current a meter is believed, in milliamperes: 10 kA.
    static let reading = -10_000_000...10_000_000
    /// A turn of less than a minute would wear contactors out.
    static let turn = 60_000_000_000...span.upperBound

    mutating func hold(_ value: inout Int, _ range: ClosedRange<Int>, _ what: @autoclosure () -> String) {
        guard !range.contains(value) else { return }
        problems.append(.outOfRange(what: what(), value: value, range: range))
        value = max(range.lowerBound, min(range.upperBound, value))
    }

    mutating func hold(_ value: inout Int?, _ range: ClosedRange<Int>, _ what: @autoclosure () -> String) {
        guard var known = value, !range.contains(known) else { return }
        hold(&known, range, what())
        value = known
    }

    mutating func hold(_ span: inout Span, _ what: @autoclosure () -> String) { hold(&span, Self.span, what()) }

    mutating func hold(_ span: inout Span, _ range: ClosedRange<Int>, _ what: @autoclosure () -> String) {
        var value = Int(span)
        hold(&value, range, what())
        span = Span(value)
    }

    mutating func held(_ current: PhaseCurrents, _ range: ClosedRange<Int>, _ what: String) -> PhaseCurrents {
        var current = current
        for phase in Phase.allCases { hold(&current[phase], range, "\(what) on \(phase)") }
        return current
    }
}

extension InputBounds {
    mutating func check(_ ability: inout BoxAbility, _ id: String) {
        hold(&ability.minimum, 1...CircuitTree.largestCurrent, "the minimum of box '\(id)'")
        hold(&ability.maximum, Self.current, "the maximum of box '\(id)'")
        hold(&ability.rated, Self.current, "the rated current of box '\(id)'")
        hold(&ability.step, 1...CircuitTree.largestCurrent, "the step of box '\(id)'")
        hold(&ability.pacing, "the pacing of box '\(id)'")
        hold(&ability.carTime, "the car's time at box '\(id)'")
        hold(&ability.queueTime, "the queue time of box '\(id)'")
        hold(&ability.silentAfter, "the time until box '\(id)' is silent")
        guard var watchdog = ability.watchdog else { return }
        hold(&watchdog.timeout, "the watchdog of box '\(id)'")
        hold(&watchdog.margin, "the watchdog's margin of box '\(id)'")
        hold(&watchdog.fallback, Self.current, "the fall-back of box '\(id)'")
        ability.watchdog = watchdog
    }

    mutating func check(_ budget: inout PowerLimit, _ tree: CircuitTree) {
        hold(&budget.milliwatts, Self.power, "a power limit")
        guard let node = budget.node, tree.index(of: node) == nil else { return }
        problems.append(.unknownCircuit(node, what: "a power limit"))
    }
}
