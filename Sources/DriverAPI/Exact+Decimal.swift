extension Exact {
    /// The decimal `digits / 10^places`; nil when places are not 0 to 18.
    public init?(decimal digits: Int64, places: Int) {
        guard (0...18).contains(places), digits != .min else { return nil }
        if digits == 0 || places == 0 {
            self.init(Int(digits))
            return
        }
        var rest = digits.magnitude
        let twos = min(rest.trailingZeroBitCount, places)
        rest >>= UInt64(twos)
        var denominator: UInt64 = 1 << UInt64(places - twos)
        var fives = places
        while fives > 0, rest.isMultiple(of: 5) {
            rest /= 5
            fives -= 1
        }
        for _ in 0..<fives { denominator *= 5 }
        self.init(unchecked: digits < 0 ? -Int128(rest) : Int128(rest), Int128(denominator))
    }
}
