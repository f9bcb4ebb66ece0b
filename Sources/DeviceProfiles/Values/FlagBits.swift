/// Sets of names inside an integer.
enum FlagBits {
    /// The names of the bits that are set, lowest first; bits without a name are `bitN`.
    static func names(of number: Int128, _ names: [Int: String]) -> [String] {
        var found: [String] = []
        var rest = UInt64(truncatingIfNeeded: number)
        while rest != 0 {
            let bit = rest.trailingZeroBitCount
            found.append(names[bit] ?? "bit\(bit)")
            rest &= rest - 1
        }
        return found
    }

    /// The integer with these bits; nil when a name is unknown.
    static func number(of set: [String], _ names: [Int: String]) -> Int128? {
        var number: Int128 = 0
        for name in set {
            guard let bit = names.first(where: { $0.value == name })?.key ?? Expression.unnamedBit(name) else {
                return nil
            }
            number |= 1 << Int128(bit)
        }
        return number
    }
}
