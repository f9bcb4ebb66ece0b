import DriverAPI

extension ValueText {
    /// A unit, such as `kWh`.
    public static func unit(_ text: String) throws(ValueProblem) -> Unit {
        guard let unit = Unit(rawValue: text) else { throw .unit(text, nearest: Unit.nearest(to: text)) }
        return unit
    }

    /// A number, one blank, a unit. `example` is the unit that is asked for when there is none.
    public static func quantity(_ text: String, example: Unit = .A) throws(ValueProblem) -> Quantity {
        guard let blank = text.firstIndex(of: " ") else {
            let digits = text.prefix { "-0123456789.".contains($0) }
            guard !digits.isEmpty else { throw .form(text, needs: "a quantity such as 6 \(example.rawValue)") }
            let number = try number(String(digits))
            let rest = String(text.dropFirst(digits.count))
            if rest.isEmpty { throw .unitMissing(number.description, example) }
            throw .blankMissing(number: String(digits), unit: try unit(rest).rawValue)
        }
        let number = try number(String(text[..<blank]))
        let word = String(text[text.index(after: blank)...])
        guard !word.hasPrefix(" ") else { throw .form(text, needs: "a quantity: one blank stands before the unit") }
        return Quantity(number, try unit(word))
    }

    /// A quantity in the canonical unit of `dimension`; a bare number where that has none.
    public static func canonical(_ text: String, in dimension: Dimension) throws(ValueProblem) -> Exact {
        let unit = dimension.canonicalUnit
        if dimension == .number, !text.contains(" ") { return try number(text) }
        let quantity = try quantity(text, example: unit)
        guard quantity.unit.dimension == dimension else { throw .dimension(quantity.unit, needs: unit) }
        guard let canonical = quantity.canonical else { throw .tooLarge(text) }
        return canonical
    }

    /// A time from 0 to 100 years, such as `500 ms`.
    public static func duration(_ text: String) throws(ValueProblem) -> Duration {
        let seconds = try canonical(text, in: .time)
        guard seconds >= 0, seconds <= 3_153_600_000, let pieces = seconds.multiplied(by: 1_000_000_000) else {
            throw .outside(text, "0 s to 36500 day")
        }
        guard pieces.isInteger, let nanoseconds = pieces.asInt else { throw .form(text, needs: "a whole number of ns") }
        return .nanoseconds(nanoseconds)
    }

    /// `20/year`: writes in an hour, day, week (7 days), month (30 days) or year (365 days).
    public static func budget(_ text: String) throws(ValueProblem) -> WriteRule.Budget {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let days = ["day": 1, "week": 7, "month": 30, "year": 365]
        guard parts.count == 2, parts[1] == "hour" || days[String(parts[1])] != nil else {
            throw .form(text, needs: "a budget such as 20/year (hour, day, week, month, year)")
        }
        let count = try integer(String(parts[0]), in: 1...1_000_000)
        let hours = days[String(parts[1])].map { 24 * $0 } ?? 1
        return .init(count: count, period: .seconds(3600 * hours))
    }

    /// The tolerance and the value of `V +- TOL`; nil tolerance without `+-`. Both are canonical.
    public static func withTolerance(
        _ text: String, in dimension: Dimension
    ) throws(ValueProblem) -> (value: Exact, tolerance: Exact?) {
        guard let sign = text.firstRange(of: " +- ") else { return (try canonical(text, in: dimension), nil) }
        let tolerance = try canonical(String(text[sign.upperBound...]), in: dimension)
        guard tolerance >= 0 else { throw .outside(text, "a tolerance of 0 and more") }
        return (try canonical(String(text[..<sign.lowerBound]), in: dimension), tolerance)
    }
}
