import DeviceProfiles
import DriverAPI
import TestTools
import Testing

/// The decimals of floats against the standard library's own shortest description, which is text.
@Suite struct ShortestDecimalTests {
    private func number(_ float: Float) -> RawValue? {
        let bits = float.bitPattern
        return place(.f32).raw(from: [UInt16(bits >> 16), UInt16(truncatingIfNeeded: bits)])
    }

    private func number(_ double: Double) -> RawValue? {
        let bits = double.bitPattern
        return place(.f64).raw(from: (0..<4).map { UInt16(truncatingIfNeeded: bits >> UInt64(48 - 16 * $0)) })
    }

    @Test func floatsOfAnyBitPatternAgreeWithTheirDescription() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<100_000 {
            let float = Float(bitPattern: UInt32.random(in: 0 ... .max, using: &random))
            #expect(number(float) == Exact(shortest: Double(float.description) ?? .nan).map(RawValue.float), "\(float)")
        }
    }

    @Test func floatsOfMeteringSizeAgreeWithTheirDescription() throws {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<100_000 {
            let exponent = Int.random(in: -30...26, using: &random)
            let float = Float(sign: .plus, exponent: exponent, significand: Float.random(in: 1..<2, using: &random))
            #expect(number(float) == Exact(text: decimal(float.description)).map(RawValue.float), "\(float)")
        }
    }

    @Test func doublesAgreeWithTheirDescription() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<100_000 {
            let exponent = Int.random(in: -40...58, using: &random)
            let double = Double(sign: .minus, exponent: exponent, significand: Double.random(in: 1..<2, using: &random))
            #expect(number(double) == Exact(text: decimal(double.description)).map(RawValue.float), "\(double)")
        }
    }

    @Test func doublesWithFewDigitsAreThoseDigits() throws {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<20_000 {
            let digits = Int64.random(in: -999_999_999...999_999_999, using: &random)
            let places = Int.random(in: 0...9, using: &random)
            let expected = try #require(Exact(decimal: digits, places: places))
            #expect(number(expected.double) == .float(expected))
        }
    }

    @Test func boundariesBetweenPowersOfTwoAgreeWithTheirDescription() {
        for exponent in -30...30 {
            let power = Float(sign: .plus, exponent: exponent, significand: 1)
            for float in [power.nextDown, power, power.nextUp] {
                #expect(number(float) == Exact(text: decimal(float.description)).map(RawValue.float), "\(float)")
            }
            let wide = Double(sign: .plus, exponent: exponent, significand: 1)
            for double in [wide.nextDown, wide, wide.nextUp] {
                #expect(number(double) == Exact(text: decimal(double.description)).map(RawValue.float), "\(double)")
            }
        }
    }

    @Test func everyHalfReadsBackTheSame() throws {
        for bits in UInt16(0)..<0x7C00 {
            let place = place(.f16)
            guard case .float(let number)? = place.raw(from: [bits]) else {
                Issue.record("no number for \(bits)")
                continue
            }
            #expect(place.words(for: .float(number)) == [bits])
        }
    }

    @Test func magnitudesBeyondTheExactRangeAreNoDataOrZero() {
        #expect(number(Float.greatestFiniteMagnitude) == nil)
        #expect(number(1e18) == nil)
        #expect(number(9e17) == .float(Exact(900_000_000_000_000_000)))
        #expect(number(Float.leastNonzeroMagnitude) == .float(0))
        #expect(number(Double.leastNonzeroMagnitude) == .float(0))
    }

    /// `1.5e-05` without exponent.
    private func decimal(_ description: String) -> String {
        let parts = description.split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1]) else { return description }
        let isNegative = parts[0].hasPrefix("-")
        let mantissa = parts[0].drop { $0 == "-" }.split(separator: ".")
        let (whole, fraction) = (String(mantissa[0]), mantissa.count > 1 ? String(mantissa[1]) : "")
        let digits = whole + fraction
        let point = whole.count + exponent
        let text =
            point <= 0
            ? "0." + String(repeating: "0", count: -point) + digits
            : point >= digits.count
                ? digits + String(repeating: "0", count: point - digits.count)
                : String(digits.prefix(point)) + "." + String(digits.dropFirst(point))
        return (isNegative ? "-" : "") + text
    }
}
