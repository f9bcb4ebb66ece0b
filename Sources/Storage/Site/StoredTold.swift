/// What a device was told, as far as a restarted host must know it.
public struct StoredTold: Hashable, Sendable, Codable {
    /// The value told last, as text in its own unit: `16 A`, `off`.
    public var value: String
    /// Whether it was acknowledged and read back; only then it replaces the others in `followed`.
    public var acknowledged: Bool
    /// Every limit the device may still be following, in mA per phase; 0 for off.
    public var followed: [Int]
    /// The limit it falls back to when it hears nothing, in mA; nil if unknown or none.
    public var fallback: Int?
    /// After how many milliseconds of silence it does so; nil without a watchdog.
    public var watchdog: Int?
    /// Further facts of the one who stores, by name.
    public var further: [String: String]

    /// What a device was told.
    public init(
        value: String, acknowledged: Bool, followed: [Int], fallback: Int? = nil, watchdog: Int? = nil,
        further: [String: String] = [:]
    ) {
        self.value = value
        self.acknowledged = acknowledged
        self.followed = followed
        self.fallback = fallback
        self.watchdog = watchdog
        self.further = further
    }
}
