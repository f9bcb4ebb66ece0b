/// What is remembered of indexes from one look to the next, and over restarts.
public struct TrustMemory: Hashable, Sendable, Codable {
    /// What one index said when it counted last.
    public struct Seen: Hashable, Sendable, Codable {
        /// Its largest serial.
        public var serial: Int
        /// The day, in days since 1970.
        public var day: Int
        /// Its entries for profiles in use, by their digests.
        public var entries: [String: IndexEntry]

        /// Makes one.
        public init(serial: Int, day: Int, entries: [String: IndexEntry] = [:]) {
            self.serial = serial
            self.day = day
            self.entries = entries
        }
    }

    /// The latest moment this host has seen, in seconds since 1970; nil at the first start.
    public var latest: Int64?
    /// By the names of the indexes.
    public var indexes: [String: Seen]

    /// A memory that knows nothing.
    public init() { indexes = [:] }
}
