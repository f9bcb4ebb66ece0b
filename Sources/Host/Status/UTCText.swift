import Glibc

/// Moments of the wall clock as people and programs read them: `2026-08-04T10:15:00Z` (RFC 3339).
enum UTCText {
    /// The present second.
    static func now() -> String { text(time(nil)) }

    /// The second `seconds` after 1970-01-01T00:00:00Z.
    static func text(_ seconds: time_t) -> String {
        var seconds = seconds
        var parts = tm()
        gmtime_r(&seconds, &parts)
        return "\(padded(Int(parts.tm_year) + 1900, 4))-\(padded(Int(parts.tm_mon) + 1))-\(padded(Int(parts.tm_mday)))T"
            + "\(padded(Int(parts.tm_hour))):\(padded(Int(parts.tm_min))):\(padded(Int(parts.tm_sec)))Z"
    }

    private static func padded(_ number: Int, _ digits: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
