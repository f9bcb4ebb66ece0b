import DeviceProfiles
import DriverAPI

extension ExpectedValue {
    /// Whether a value with this quality is what was expected.
    func holds(_ found: Value?, _ quality: Quality) -> Bool {
        guard quality == self.quality else { return false }
        guard let value else { return true }
        guard let found else { return false }
        return ExpectedValue.agree(found, value, tolerance: tolerance)
    }

    /// What was expected, in words.
    func text(unit: Unit?) -> String {
        guard let value else { return quality.rawValue }
        var text = ExpectedValue.text(value, unit: unit)
        if tolerance != 0 { text += " +- " + ExpectedValue.text(.number(tolerance), unit: unit) }
        return quality == .good ? text : "\(text) with quality \(quality.rawValue)"
    }

    /// What was found, in words.
    static func text(_ found: Value?, _ quality: Quality, unit: Unit?) -> String {
        guard let found, quality <= .stale else { return quality.rawValue }
        return quality == .good ? text(found, unit: unit) : "\(text(found, unit: unit)) (\(quality.rawValue))"
    }

    private static func text(_ value: Value, unit: Unit?) -> String {
        guard value.number != nil, let unit, unit != .one else { return value.description }
        return "\(value) \(unit.rawValue)"
    }

    private static func agree(_ found: Value, _ wanted: Value, tolerance: Exact) -> Bool {
        switch (found, wanted) {
        case (.number(let a), .number(let b)): a.subtracting(b).map { $0.magnitude <= tolerance } ?? false
        case (.flags(let a), .flags(let b)): Set(a) == Set(b)
        case (.version(let a), .version(let b)):
            (0..<max(a.count, b.count)).allSatisfy { ($0 < a.count ? a[$0] : 0) == ($0 < b.count ? b[$0] : 0) }
        default: found == wanted || found.text != nil && found.text == wanted.text
        }
    }
}
