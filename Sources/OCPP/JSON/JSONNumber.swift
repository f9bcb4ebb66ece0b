/// An exact decimal number: `significand` × 10^`exponent`, without trailing zeros.
///
/// OCPP asks for multiples of 0.1, which a binary floating-point number cannot tell from its neighbours.
public struct JSONNumber: Hashable, Sendable {
    /// All digits with their sign; no multiple of ten unless it is 0.
    public let significand: Int
    /// The power of ten, within ±400; 0 for the number 0.
    public let exponent: Int

    /// The number `significand` × 10^`exponent`, brought to its shortest form.
    public init(_ significand: Int, exponent: Int = 0) {
        var digits = significand
        var power = exponent
        while digits != 0, digits.isMultiple(of: 10) {
            digits /= 10
            power += 1
        }
        self.significand = digits
        self.exponent = digits == 0 ? 0 : power
    }

    /// The value as a whole number, or nil when it has a fraction or does not fit 64 bits.
    public var integer: Int? { scaled(by: 0) }

    /// The value as a count of tenths, or nil when it is no multiple of 0.1 or does not fit 64 bits.
    public var tenths: Int? { scaled(by: 1) }

    private func scaled(by places: Int) -> Int? {
        var power = exponent + places
        guard power >= 0, power <= 18 else { return nil }
        var value = significand
        while power > 0 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            value = product
            power -= 1
        }
        return value
    }
}

extension JSONNumber: CustomStringConvertible {
    /// The number as JSON writes it: `-16.4`, `20`, `1e30`.
    public var description: String {
        if exponent == 0 { return String(significand) }
        if exponent > 0, exponent <= 18, let integer { return String(integer) }
        guard exponent < 0, exponent >= -18 else { return "\(significand)e\(exponent)" }
        let digits = String(significand.magnitude)
        let padded = String(repeating: "0", count: max(0, 1 - exponent - digits.utf8.count)) + digits
        let point = padded.utf8.index(padded.utf8.endIndex, offsetBy: exponent)
        return (significand < 0 ? "-" : "") + padded[..<point] + "." + padded[point...]
    }
}
