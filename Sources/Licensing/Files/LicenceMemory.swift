/// What is remembered of licences from one look to the next, and over restarts.
public struct LicenceMemory: Hashable, Sendable, Codable {
    /// What was granted when all could be read last.
    public struct Good: Hashable, Sendable, Codable {
        /// How many charge points.
        public var chargePoints: Int
        /// When, in days since 1970.
        public var day: Int

        /// Makes one.
        public init(chargePoints: Int, day: Int) {
            self.chargePoints = chargePoints
            self.day = day
        }
    }

    /// The latest moment this host has seen, in seconds since 1970; nil at the first start.
    public var latest: Int64?
    /// What was granted when all could be read last.
    public var good: Good?

    /// A memory that knows nothing.
    public init() {}
}
