/// Binary coded decimal: four bits a digit, the highest digit on top.
enum BCD {
    /// The number; nil when a digit is above 9 or there are more than 32.
    static func number(_ bits: UInt128, digits: Int) -> Int128? {
        guard digits <= 32 else { return nil }
        var number: Int128 = 0
        for place in (0..<digits).reversed() {
            let digit = Int128((bits >> UInt128(4 * place)) & 0xF)
            guard digit <= 9 else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    /// The bits of a number; nil when it is negative or has more digits.
    static func bits(_ number: Int128, digits: Int) -> UInt128? {
        guard number >= 0, digits <= 32 else { return nil }
        var (rest, bits): (Int128, UInt128) = (number, 0)
        for place in 0..<digits {
            bits |= UInt128(rest % 10) << UInt128(4 * place)
            rest /= 10
        }
        return rest == 0 ? bits : nil
    }
}
