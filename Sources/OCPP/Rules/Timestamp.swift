/// A moment in UTC, counted in milliseconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Hashable, Sendable, Comparable {
    /// Milliseconds since 1970, leap seconds not counted.
    public let milliseconds: Int

    /// The moment so many milliseconds after the beginning of 1970.
    public init(milliseconds: Int) { self.milliseconds = milliseconds }

    /// The moment so many whole seconds after the beginning of 1970.
    public init(seconds: Int) { milliseconds = seconds * 1000 }

    /// Whole seconds since 1970, rounded down.
    public var seconds: Int { milliseconds >= 0 ? milliseconds / 1000 : -((-milliseconds + 999) / 1000) }

    /// The earlier one is the smaller one.
    public static func < (one: Timestamp, other: Timestamp) -> Bool { one.milliseconds < other.milliseconds }

    /// The moment so many seconds later (earlier, if negative).
    public func advanced(bySeconds seconds: Int) -> Timestamp {
        let (distance, tooLarge) = seconds.multipliedReportingOverflow(by: 1000)
        let (sum, overflow) = milliseconds.addingReportingOverflow(distance)
        guard !tooLarge, !overflow else { return Timestamp(milliseconds: seconds < 0 ? .min / 2 : .max / 2) }
        return Timestamp(milliseconds: sum)
    }
}

extension Timestamp: CustomStringConvertible {
    /// As sent: `2026-11-21T08:30:00Z`, with milliseconds only when they are not zero.
    public var description: String {
        let date = CivilDate(day: Timestamp.floorDivide(milliseconds, 86_400_000))
        let rest = milliseconds - Timestamp.floorDivide(milliseconds, 86_400_000) * 86_400_000
        let second = rest / 1000
        var text =
            date.description + "T" + pad(second / 3600, 2) + ":" + pad(second / 60 % 60, 2) + ":" + pad(second % 60, 2)
        if rest % 1000 != 0 { text += "." + pad(rest % 1000, 3) }
        return text + "Z"
    }

    static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
        value / divisor - (value % divisor < 0 ? 1 : 0)
    }

    private func pad(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
