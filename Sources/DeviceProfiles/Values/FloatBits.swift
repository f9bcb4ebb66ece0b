import DriverAPI

/// Exact numbers as the bits of floating point types (IEEE 754-2019, 3.4), and back.
enum FloatBits {
    /// The number that `bits` of a float type mean, by the shortest decimal; nil for NaN and infinity.
    @inline(__always)
    static func number(_ bits: UInt64, _ type: RawType) -> Exact? {
        switch type {
        case .f16: ShortestDecimal.exact(UInt16(truncatingIfNeeded: bits))
        case .f32: ShortestDecimal.exact(UInt32(truncatingIfNeeded: bits))
        default: ShortestDecimal.exact(bits)
        }
    }

    /// The bits that read back as `number` or, where none do, as the nearest on the side that `rounding` says; nil when
    /// it is too large for the type.
    static func bits(of number: Exact, _ type: RawType, _ rounding: WriteRule.Rounding = .nearest) -> UInt64? {
        guard let nearest = nearest(to: number, type), let back = Self.number(nearest, type) else { return nil }
        switch rounding {
        case .down where back > number: return neighbour(of: nearest, type, isAbove: false)
        case .up where back < number: return neighbour(of: nearest, type, isAbove: true)
        default: return nearest
        }
    }

    private static func nearest(to number: Exact, _ type: RawType) -> UInt64? {
        switch type {
        case .f16: return half(number.double).map(UInt64.init)
        case .f32:
            let text = number.description
            let float = text.contains("/") ? Float(number.double) : Float(text) ?? .nan
            return float.isFinite ? UInt64(float.bitPattern) : nil
        default:
            let text = number.description
            let double = text.contains("/") ? number.double : Double(text) ?? .nan
            return double.isFinite ? double.bitPattern : nil
        }
    }

    private static func half(_ value: Double) -> UInt16? {
        guard value.magnitude < 65520 else { return nil }
        var (low, high): (UInt16, UInt16) = (0, 0x7BFF)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if double(half: middle) <= value.magnitude { low = middle } else { high = middle }
        }
        let (below, above) = (value.magnitude - double(half: low), double(half: high) - value.magnitude)
        let bits = below < above || (below == above && low & 1 == 0) ? low : high
        return value < 0 ? bits | 0x8000 : bits
    }

    private static func double(half bits: UInt16) -> Double {
        let exponent = Int(bits >> 10 & 0x1F)
        let fraction = Double(bits & 0x3FF)
        return exponent == 0
            ? fraction / 16_777_216
            : (fraction + 1024) / 1024 * Double(sign: .plus, exponent: exponent - 15, significand: 1)
    }

    private static func neighbour(of bits: UInt64, _ type: RawType, isAbove: Bool) -> UInt64? {
        let sign: UInt64 = type == .f16 ? 1 << 15 : type == .f32 ? 1 << 31 : 1 << 63
        let next: UInt64 =
            switch (bits & sign == 0, isAbove) {
            case (true, true), (false, false): bits + 1
            case (true, false): bits == 0 ? sign | 1 : bits - 1
            case (false, true): bits == sign ? 1 : bits - 1
            }
        return number(next, type) == nil ? nil : next
    }
}
