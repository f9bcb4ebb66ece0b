/// The order of versions `1.2.3`.
public enum SemanticOrder {
    /// How far two versions are apart.
    public enum Step: String, Hashable, Sendable, Codable {
        /// The first number: something was removed or means something else.
        case major
        /// The second: something was added.
        case minor
        /// The third: texts, tests and hints.
        case patch
        /// The same.
        case none
    }

    /// The three numbers; nil unless it is such a version.
    public static func numbers(_ version: String) -> [Int]? {
        let parts = version.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(part) : nil
        }
        return parts.count == 3 && numbers.count == 3 ? numbers : nil
    }

    /// Whether `a` is older than `b`; what is no version is older than any.
    public static func isBefore(_ a: String, _ b: String) -> Bool {
        (numbers(a) ?? []).lexicographicallyPrecedes(numbers(b) ?? [])
    }

    /// How far it is from `a` to `b`.
    public static func step(from a: String, to b: String) -> Step {
        guard let before = numbers(a), let after = numbers(b) else { return a == b ? .none : .major }
        if before[0] != after[0] { return .major }
        if before[1] != after[1] { return .minor }
        return before[2] != after[2] ? .patch : .none
    }
}
