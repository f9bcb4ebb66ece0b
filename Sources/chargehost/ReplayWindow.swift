import Foundation

/// From when to when is replayed, in seconds since 1970.
struct ReplayWindow {
    var from = -Double.infinity
    var to = Double.infinity

    /// The window that `--from` and `--to` give.
    init(_ arguments: Arguments, _ recording: RecordedSite) throws {
        if let text = arguments.value("from") { from = try Self.time(text, "from", recording.begin) }
        if let text = arguments.value("to") { to = try Self.time(text, "to", recording.begin) }
        guard from <= to else { throw UsageError("--from is after --to") }
    }

    private static func time(_ text: String, _ option: String, _ begin: Double) throws -> Double {
        if text.hasPrefix("+"), let unit = text.last, let factor = ["s": 1.0, "m": 60, "h": 3600][unit],
            let count = Double(text.dropFirst().dropLast()), count >= 0
        {
            return begin + count * factor
        }
        if let date = try? Date(text, strategy: .iso8601) { return date.timeIntervalSince1970 }
        throw UsageError("--\(option) must be like 2026-11-21T07:54:00Z or +90s, not \"\(text)\"")
    }
}
