/// Something that happened on the site, for the operator.
public struct SiteEvent: Hashable, Sendable {
    /// How important it is.
    public enum Level: String, Hashable, Sendable, Codable {
        /// For the record.
        case notice
        /// Somebody should look at it.
        case warning
        /// Something does not work.
        case fault
    }

    /// Rises with every event; never used twice.
    public let id: Int64
    /// When it happened, or the alarm began.
    public let at: WallTime
    /// How important it is.
    public let level: Level
    /// A short name for programs: `box-above-limit`.
    public let code: String
    /// The device it is about, nil for the site.
    public let device: String?
    /// For people.
    public let text: String
    /// Whether it lasts until it is cleared.
    public let isAlarm: Bool
    /// When the alarm ended; nil while it lasts, and for events.
    public let clearedAt: WallTime?

    init(_ row: Row) throws(StorageError) {
        id = try row.integer("id")
        at = try row.time("at")
        level = Level(rawValue: try row.text("level")) ?? .fault
        code = try row.text("code")
        device = try row.optionalText("device")
        text = try row.text("text")
        isAlarm = try row.integer("is_alarm") == 1
        clearedAt = try row.optionalTime("cleared_at")
    }
}
