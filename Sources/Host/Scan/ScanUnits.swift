/// The unit ids that a scan asks: `1-32`, `7` or `1,5,20-25`.
public enum ScanUnits {
    /// What a serial line is asked for unless somebody says otherwise.
    public static let standard = Array<UInt8>(1...32)

    /// The ids in their order, each once. Throws ``ScanError/units(_:why:)``; on a serial line 1 to 247 exist
    /// (Modbus over Serial Line V1.02, 2.2), on TCP 0 to 255.
    public static func parse(_ text: String, on allowed: ClosedRange<Int>) throws(ScanError) -> [UInt8] {
        var found: Set<UInt8> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { end in
                end.utf8.allSatisfy { (48...57).contains($0) } ? Int(end) : nil
            }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else {
                throw .units(text, why: "“\(part)” is no number and no range")
            }
            guard allowed.contains(first), allowed.contains(last) else {
                throw .units(text, why: "here they are \(allowed.lowerBound) to \(allowed.upperBound)")
            }
            guard first <= last else { throw .units(text, why: "“\(part)” runs backwards") }
            for unit in first...last { found.insert(UInt8(truncatingIfNeeded: unit)) }
        }
        return found.sorted()
    }
}
