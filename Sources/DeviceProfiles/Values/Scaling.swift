import DriverAPI

/// The straight line from a raw number to the canonical unit, and back.
struct Scaling: Hashable, Sendable {
    /// Canonical units per raw step.
    let factor: Exact
    /// What raw 0 is.
    let shift: Exact
    private let isIdentity: Bool

    /// `raw × scale + offset` in `unit`, nil for none; nil when the numbers do not fit.
    init?(scale: Exact, offset: Exact, unit: Unit?) {
        let perUnit = unit?.factor ?? 1
        guard let factor = scale.multiplied(by: perUnit), let shift = offset.multiplied(by: perUnit) else { return nil }
        self.factor = factor
        self.shift = shift
        isIdentity = factor == 1 && shift == 0
    }

    /// The canonical value of a raw number; nil when it does not fit.
    @inline(__always)
    func value(of raw: Exact) -> Exact? {
        if isIdentity { return raw }
        guard let scaled = raw.multiplied(by: factor) else { return nil }
        return shift == 0 ? scaled : scaled.adding(shift)
    }

    /// The raw number of a canonical value; nil when it does not fit or the factor is 0.
    func raw(of value: Exact) -> Exact? { value.subtracting(shift)?.divided(by: factor) }

    /// The power of ten that a `scale_from` point holds: -10 to 10, everything else is no data.
    static func power(from scale: Evaluated) -> Exact? {
        guard scale.isKnown, let exponent = scale.value?.number?.asInt, (-10...10).contains(exponent) else {
            return nil
        }
        return Exact.powerOfTen(exponent)
    }
}
