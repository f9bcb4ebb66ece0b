/// One value of one point of a device, with its unit, quality and time.
public struct Reading: Hashable, Sendable, Codable {
    /// The point's name, such as `power` or `current.l1`.
    public var point: String
    /// The value in the canonical unit; nil when the quality says there is none. A stale value keeps the last one.
    public var value: Value?
    /// The unit of a number; nil for everything else.
    public var unit: Unit?
    /// How far it can be trusted.
    public var quality: Quality
    /// When the answer that carried it arrived.
    public var time: MonotonicTime

    /// Makes a reading.
    public init(point: String, value: Value?, unit: Unit? = nil, quality: Quality, time: MonotonicTime) {
        self.point = point
        self.value = value
        self.unit = unit
        self.quality = quality
        self.time = time
    }

    /// The number, if the reading is good or suspect.
    public var known: Value? { quality.isKnown ? value : nil }
}
