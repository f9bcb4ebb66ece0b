import DriverAPI

/// Quantities as people write them on a command line: `10A`, `4.2 kW`, `1h`.
public enum QuantityText {
    /// The amount in the canonical unit of `dimension`; nil if the text is none.
    public static func amount(_ text: String, _ dimension: Dimension) -> Exact? {
        guard let (number, unit) = parse(text), unit.dimension == dimension else { return nil }
        return number.multiplied(by: unit.factor)
    }

    /// The number and its unit; nil if the text is no quantity.
    static func parse(_ text: String) -> (Exact, Unit)? {
        guard let end = text.firstIndex(where: { !$0.isNumber && $0 != "." && $0 != "-" }) else { return nil }
        let unit = text[end...].drop { $0 == " " }
        guard let number = Exact(text: text[..<end]), let known = Unit(rawValue: String(unit)) else { return nil }
        return (number, known)
    }
}
