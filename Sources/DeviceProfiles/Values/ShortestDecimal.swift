import DriverAPI

/// The shortest decimal that reads back as a binary floating point number, as an exact number, without text.
///
/// Decimals of one place, two places… nearest to the value are tried until one lies in the interval of numbers that
/// round to it (IEEE 754-2019, 4.3.1, ties to even). What passes the integers used goes through the standard library.
enum ShortestDecimal {
    /// The decimal of a 32-bit float; nil for NaN, infinity and magnitudes of 10^18 and more.
    @inline(__always)
    static func exact(_ bits: UInt32) -> Exact? {
        let exponent = Int(bits >> 23 & 0xFF)
        let fraction = UInt64(bits & 0x7F_FFFF)
        let isNegative = bits >> 31 == 1
        if exponent == 0xFF { return nil }
        if exponent == 0, fraction == 0 { return .zero }
        let significand = exponent == 0 ? fraction : fraction | 1 << 23
        let shift = 150 - max(exponent, 1)
        if let found = narrow(significand, shift, isPower: fraction == 0 && exponent > 1) {
            return signed(found, isNegative)
        }
        return Exact(shortest: Float(bitPattern: bits))
    }

    /// The decimal of a 64-bit float; nil for NaN, infinity and magnitudes of 10^18 and more.
    static func exact(_ bits: UInt64) -> Exact? {
        let exponent = Int(bits >> 52 & 0x7FF)
        let fraction = bits & 0xF_FFFF_FFFF_FFFF
        if exponent == 0x7FF { return nil }
        if exponent == 0, fraction == 0 { return .zero }
        let significand = exponent == 0 ? fraction : fraction | 1 << 52
        let shift = 1075 - max(exponent, 1)
        if let found = wide(significand, shift, isPower: fraction == 0 && exponent > 1) {
            return signed(found, bits >> 63 == 1)
        }
        return Exact(shortest: Double(bitPattern: bits))
    }

    /// The decimal of a 16-bit float; nil for NaN and infinity.
    static func exact(_ bits: UInt16) -> Exact? {
        let exponent = Int(bits >> 10 & 0x1F)
        let fraction = UInt64(bits & 0x3FF)
        if exponent == 0x1F { return nil }
        if exponent == 0, fraction == 0 { return .zero }
        let significand = exponent == 0 ? fraction : fraction | 1 << 10
        let shift = 25 - max(exponent, 1)
        let isPower = fraction == 0 && exponent > 1
        let found =
            shift < 0 ? coarse(significand, -shift, isPower: isPower) : narrow(significand, shift, isPower: isPower)
        return found.flatMap { signed($0, bits >> 15 == 1) }
    }

    /// `significand × 2^shift` for halves of 2048 and more, whose neighbours are 2 to 32 apart: tens and hundreds count.
    private static func coarse(_ significand: UInt64, _ shift: Int, isPower: Bool) -> (digits: UInt64, places: Int)? {
        let value = significand << UInt64(shift)
        let gap: UInt64 = 1 << UInt64(shift)
        let isEven = significand & 1 == 0
        for power in [10000, 1000, 100, 10, 1] as [UInt64] {
            let digits = (value + power / 2) / power * power
            let isBelow = digits < value
            let distance = isBelow ? value - digits : digits - value
            let limit = isBelow && isPower ? distance << 2 : distance << 1
            if limit < gap || (limit == gap && isEven) { return (digits, 0) }
        }
        return nil
    }

    private static func signed(_ decimal: (digits: UInt64, places: Int), _ isNegative: Bool) -> Exact? {
        guard let digits = Int64(exactly: decimal.digits) else { return nil }
        return Exact(decimal: isNegative ? -digits : digits, places: decimal.places)
    }

    /// `significand / 2^shift` in integers of 64 bits: enough while significand × 10^places < 2^62.
    @inline(__always)
    private static func narrow(_ significand: UInt64, _ shift: Int, isPower: Bool) -> (digits: UInt64, places: Int)? {
        guard shift > 0 else { return shift == 0 ? (significand, 0) : nil }
        guard shift < 62 else { return nil }
        let half: UInt64 = 1 << UInt64(shift - 1)
        let isEven = significand & 1 == 0
        var scaled = significand
        var power: UInt64 = 1
        for places in 0...12 {
            let digits = (scaled + half) >> UInt64(shift)
            let back = digits << UInt64(shift)
            let isBelow = back < scaled
            let distance = isBelow ? scaled - back : back - scaled
            let limit = isBelow && isPower ? distance << 2 : distance << 1
            if limit < power || (limit == power && isEven) {
                let takesLower = distance == half && digits & 1 == 1 && (!isPower || distance << 2 < power)
                return (takesLower ? digits - 1 : digits, places)
            }
            guard scaled < 1 << 58 else { return nil }
            scaled *= 10
            power *= 10
        }
        return nil
    }

    /// The same in integers of 128 bits.
    private static func wide(_ significand: UInt64, _ shift: Int, isPower: Bool) -> (digits: UInt64, places: Int)? {
        guard shift > 0 else { return shift == 0 ? (significand, 0) : nil }
        guard shift < 120 else { return nil }
        let half: UInt128 = 1 << UInt128(shift - 1)
        let isEven = significand & 1 == 0
        var scaled = UInt128(significand)
        var power: UInt128 = 1
        for places in 0...18 {
            let digits = (scaled + half) >> UInt128(shift)
            let back = digits << UInt128(shift)
            let isBelow = back < scaled
            let distance = isBelow ? scaled - back : back - scaled
            let limit = isBelow && isPower ? distance << 2 : distance << 1
            if limit < power || (limit == power && isEven) {
                let takesLower = distance == half && digits & 1 == 1 && (!isPower || distance << 2 < power)
                return UInt64(exactly: takesLower ? digits - 1 : digits).map { ($0, places) }
            }
            guard scaled < 1 << 122 else { return nil }
            scaled *= 10
            power *= 10
        }
        return nil
    }
}
