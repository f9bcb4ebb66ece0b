import Foundation
import Storage

/// A span of time in which sessions began; its end is not part of it.
public struct SessionSpan: Hashable, Sendable {
    /// Its beginning.
    public var from: WallTime
    /// Its end.
    public var to: WallTime

    /// A text that is no moment.
    public struct NoMoment: Error, Hashable, Sendable, CustomStringConvertible {
        /// What it says of it.
        public let description: String
    }

    /// From `from` on, up to `to`; a missing end is open. Throws ``NoMoment``.
    public init(from: String?, to: String?) throws(NoMoment) {
        self.from =
            try from.map { text throws(NoMoment) in try SessionSpan.moment(text) }
            ?? WallTime(milliseconds: .min)
        self.to = try to.map { text throws(NoMoment) in try SessionSpan.moment(text) } ?? WallTime(milliseconds: .max)
        guard self.from <= self.to else { throw NoMoment(description: "the span ends before it begins") }
    }

    /// A day in UTC such as `2026-08-01`, meaning its beginning, or a moment such as `2026-08-01T12:00:00Z` or
    /// `…+02:00` (RFC 3339).
    static func moment(_ text: String) throws(NoMoment) -> WallTime {
        let isDay = text.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) != nil
        let formatter = ISO8601DateFormatter()
        guard let date = formatter.date(from: isDay ? text + "T00:00:00Z" : text) else {
            throw NoMoment(
                description: "\"\(text)\" is no moment; write 2026-08-01 for a day in UTC, or 2026-08-01T12:00:00+02:00"
            )
        }
        return WallTime(milliseconds: Int64(date.timeIntervalSince1970 * 1000))
    }
}
