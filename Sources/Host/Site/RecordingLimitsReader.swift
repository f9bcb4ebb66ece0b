import DriverAPI

/// Reads `recordings`.
enum RecordingLimitsReader {
    /// The largest size that may be set, in MiB.
    static let largest = 10_000

    /// How much the flight recorder keeps: by default 16 MiB; nil where it is off.
    static func read(_ node: SiteNode) -> RecordingLimits? {
        guard node.value("recordings") != nil, let text = node.text("recordings") else { return RecordingLimits() }
        if text == "off" { return nil }
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1] == "MiB", let size = Exact(text: parts[0])?.asInt,
            (1...largest).contains(size)
        else {
            node.problem(
                .wrongKind, "recordings",
                "recordings \"\(text)\" must be off or a size from 1 MiB to \(largest) MiB, such as 16 MiB")
            return RecordingLimits()
        }
        return RecordingLimits(mebibytes: size)
    }
}
