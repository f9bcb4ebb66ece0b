/// Seconds since 1970 as people write moments (RFC 3339, UTC).
enum UTCText {
    /// `2026-08-01T12:00:00Z`; nil outside the years 1970 to 9999.
    static func text(seconds: Int128) -> String? {
        guard let all = Int(exactly: seconds), (0..<253_402_300_800).contains(all) else { return nil }
        let (days, rest) = all.quotientAndRemainder(dividingBy: 86400)
        // Civil date from days, with years that begin in March (so the leap day is the last day of a year).
        let shifted = days + 719_468
        let era = shifted / 146_097
        let day = shifted % 146_097
        let year = (day - day / 1460 + day / 36524 - day / 146_096) / 365
        let ofYear = day - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        let date = (
            year: era * 400 + year + (month < 10 ? 0 : 1), month: month < 10 ? month + 3 : month - 9,
            day: ofYear - (153 * month + 2) / 5 + 1
        )
        return "\(padded(date.year, 4))-\(padded(date.month))-\(padded(date.day))"
            + "T\(padded(rest / 3600)):\(padded(rest / 60 % 60)):\(padded(rest % 60))Z"
    }

    private static func padded(_ number: Int, _ count: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
