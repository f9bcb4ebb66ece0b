extension Figures: CustomStringConvertible {
    /// The figures as text for people, in several lines.
    public var description: String {
        let kinds = FaultKind.allCases.compactMap { kind in faults[kind].map { "\(kind) \($0)" } }
        return """
            \(tenths(time / 360_000)) h at \(sites) sites, \(strictSites) of them without anything that excuses a limit passed
            \(orders) orders, \(raises) of them raises; \(charge) Ah given to cars
            \(faults.values.reduce(0, +)) faults: \(kinds.joined(separator: ", "))
            worst overload \(tenths(worstOverload / 100)) A, \(Self.permille(worstPermille)) times the limit
            worst time over a limit \(tenths(worstDuration / 100)) s, of it avoidable \(tenths(worstAvoidable / 100)) s
            violations: \(violations.count)
            """
    }

    private func tenths(_ number: Int) -> String { "\(number / 10).\(number % 10)" }

    private static func permille(_ number: Int) -> String {
        let rest = "\(1000 + number % 1000)".dropFirst()
        return "\(number / 1000).\(rest)"
    }
}
