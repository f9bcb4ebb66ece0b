/// Versions inside registers.
enum VersionBits {
    /// Fields from the top, `widths` bits each; nil when the widths do not fit or a part is no BCD.
    static func parts(_ bits: UInt128, of total: Int, _ widths: [Int], bcd: Bool) -> [Int]? {
        guard widths.allSatisfy({ (1...32).contains($0) }), widths.reduce(0, +) <= total else { return nil }
        var parts: [Int] = []
        var left = total
        for width in widths {
            left -= width
            let field = (bits >> UInt128(left)) & ((1 << UInt128(width)) - 1)
            guard bcd else {
                parts.append(Int(field))
                continue
            }
            guard let number = BCD.number(field, digits: (width + 3) / 4) else { return nil }
            parts.append(Int(number))
        }
        return parts
    }

    /// Decimal digits from the top: 30507 as 1, 2, 2 is 3.05.07. The first part takes what is above.
    static func parts(digitsOf number: UInt128, _ counts: [Int]) -> [Int]? {
        guard !counts.isEmpty, counts.allSatisfy({ (1...9).contains($0) }) else { return nil }
        var (parts, rest): ([Int], UInt128) = ([], number)
        for count in counts.dropFirst().reversed() {
            let power = UInt128(power(count))
            parts.append(Int(rest % power))
            rest /= power
        }
        guard let first = Int(exactly: rest) else { return nil }
        return [first] + parts.reversed()
    }

    /// `5.12`, `v1.0.7`, `V2.3-rc1`: whole numbers with dots between; what comes behind is left out. Nil without any.
    static func parts(ofText text: String) -> [Int]? {
        var rest = Substring(text)
        if rest.first == "v" || rest.first == "V" { rest = rest.dropFirst() }
        let numbers = rest.prefix { $0 == "." || ($0 >= "0" && $0 <= "9") }
        let words = numbers.split(separator: ".")
        let parts = words.compactMap { $0.count <= 9 ? Int($0) : nil }
        return parts.isEmpty || parts.count != words.count ? nil : parts
    }

    /// The bits of `parts`, the inverse of both splits; nil when a part does not fit.
    static func bits(_ parts: [Int], of total: Int, _ split: ReadPlace.VersionSplit?) -> UInt128? {
        switch split {
        case .digits(let counts): return number(parts, counts)
        case .bits(let widths, let bcd): return bits(parts, of: total, widths, bcd: bcd)
        case .text: return nil
        case nil: return bits(parts, of: total, Array(repeating: 8, count: total / 8), bcd: false)
        }
    }

    private static func bits(_ parts: [Int], of total: Int, _ widths: [Int], bcd: Bool) -> UInt128? {
        guard parts.count == widths.count, widths.reduce(0, +) <= total else { return nil }
        var (bits, left): (UInt128, Int) = (0, total)
        for (part, width) in zip(parts, widths) {
            left -= width
            let field = bcd ? BCD.bits(Int128(part), digits: (width + 3) / 4) : UInt128(exactly: part)
            guard let field, (1...32).contains(width), field < 1 << UInt128(width) else { return nil }
            bits |= field << UInt128(left)
        }
        return bits
    }

    private static func number(_ parts: [Int], _ counts: [Int]) -> UInt128? {
        guard parts.count == counts.count, counts.allSatisfy({ (1...9).contains($0) }) else { return nil }
        var number: UInt128 = 0
        for (part, count) in zip(parts, counts) {
            guard part >= 0, part < power(count) else { return nil }
            number = number * UInt128(power(count)) + UInt128(part)
        }
        return number
    }

    private static func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { product, _ in product * 10 } }
}
