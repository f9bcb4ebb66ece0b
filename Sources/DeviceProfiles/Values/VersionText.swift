/// Versions as the language writes them: `v1.18`, `v1.0.7`.
enum VersionText {
    /// The parts of `v1.18`; nil for anything else. At least two parts of at most 9 digits, without leading zeros.
    static func parts(of text: String) -> [Int]? {
        guard text.utf8.first == UInt8(ascii: "v") else { return nil }
        let words = text.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
        let parts = words.compactMap { number($0.utf8) }
        return parts.count == words.count && parts.count >= 2 ? parts : nil
    }

    private static func number(_ digits: some Collection<UInt8>) -> Int? {
        guard (1...9).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return digits.count > 1 && digits.first == 48 ? nil : digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    /// Whether `a` is before `b`; parts that are not there count as 0.
    static func isLess(_ a: [Int], _ b: [Int]) -> Bool {
        for i in 0..<max(a.count, b.count) {
            let (x, y) = (i < a.count ? a[i] : 0, i < b.count ? b[i] : 0)
            if x != y { return x < y }
        }
        return false
    }

    /// Whether they are the same version: 1.0 is 1.0.0.
    static func isEqual(_ a: [Int], _ b: [Int]) -> Bool { !isLess(a, b) && !isLess(b, a) }
}
