import DriverAPI

/// What the words of a point mean.
public struct DecodedValue: Hashable, Sendable {
    /// The value in the canonical unit; nil when there is none.
    public var value: Value?
    /// `good`, `suspect`, `no-data` or `absent`; for derived points the worst of the inputs used.
    public var quality: Quality
    /// What `state.reason` becomes; nil for points that give no reasons.
    public var reason: String?
    /// The oldest time of the inputs used, for derived points; nil for points that are read.
    public var time: MonotonicTime?

    /// Makes a result.
    public init(_ value: Value?, quality: Quality = .good, reason: String? = nil, time: MonotonicTime? = nil) {
        self.value = value
        self.quality = quality
        self.reason = reason
        self.time = time
    }

    /// The raw value means none.
    public static let noData = DecodedValue(nil, quality: .noData)
    /// The point does not exist for now.
    public static let absent = DecodedValue(nil, quality: .absent)
}
