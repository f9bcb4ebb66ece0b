import DriverAPI

/// A number with its unit, as written.
public struct Quantity: Hashable, Sendable {
    /// The number before the unit.
    public var number: Exact
    /// The unit.
    public var unit: Unit

    /// Makes a quantity.
    public init(_ number: Exact, _ unit: Unit) {
        self.number = number
        self.unit = unit
    }

    /// The number of canonical units; nil when it does not fit.
    public var canonical: Exact? { number.multiplied(by: unit.factor) }
}
