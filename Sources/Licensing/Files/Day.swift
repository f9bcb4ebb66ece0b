import Foundation

/// A day in UTC, written `2027-01-31`.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let number: Int

    /// The day so many days after 1970-01-01.
    public init(number: Int) { self.number = number }

    /// The day of a moment, in seconds since 1970.
    public init(seconds: Int64) { number = Int(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400) }

    /// Reads a day; nil unless it is written as `description` writes it.
    public init?(_ text: String) {
        guard text.utf8.count == 10, let date = try? Date(text, strategy: Self.style) else { return nil }
        self.init(seconds: Int64(date.timeIntervalSince1970))
        guard description == text else { return nil }
    }

    private static let style = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()

    /// The ten characters.
    public var description: String { Date(timeIntervalSince1970: Double(number) * 86_400).formatted(Self.style) }

    /// The day `days` later.
    public func advanced(by days: Int) -> Day { Day(number: number + days) }

    /// Order in time.
    public static func < (a: Day, b: Day) -> Bool { a.number < b.number }
}
