/// A number with its unit, as it is printed.
struct Figure {
    /// The number.
    var value: Double
    /// `reads/s`, `ms`, …
    var unit: String
}

extension Figure: CustomStringConvertible {
    /// The number with three or four digits that count, and its unit.
    var description: String { "\(Figure.rounded(value)) \(unit)" }

    /// A number with three or four digits that count.
    static func rounded(_ value: Double) -> String {
        guard value.magnitude < 1e12 else { return "–" }
        let places = value.magnitude >= 100 ? 0 : value.magnitude >= 10 ? 1 : value.magnitude >= 1 ? 2 : 3
        var power = 1.0
        for _ in 0..<places { power *= 10 }
        let scaled = Int64((value * power).rounded())
        guard places > 0 else { return grouped("\(scaled)") }
        let digits = String("\(Int64(power) + scaled.magnitudeRest(Int64(power)))".dropFirst())
        return "\(scaled < 0 ? "-" : "")\(scaled.magnitude / UInt64(power)).\(digits)"
    }

    /// Thousands apart.
    private static func grouped(_ digits: String) -> String {
        var text = ""
        for (place, digit) in digits.reversed().enumerated() {
            if place > 0, place % 3 == 0, digit != "-" { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }
}

extension Int64 {
    fileprivate func magnitudeRest(_ divisor: Int64) -> Int64 { Int64(magnitude % UInt64(divisor)) }
}
