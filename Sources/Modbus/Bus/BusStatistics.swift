import DriverAPI

/// What a bus did since it was made.
public struct BusStatistics: Hashable, Sendable {
    /// What one unit did.
    public struct Unit: Hashable, Sendable {
        /// Requests that went out.
        public internal(set) var requests = 0
        /// Requests refused with an exception.
        public internal(set) var exceptions = 0
        /// Requests without an answer in time.
        public internal(set) var timeouts = 0
        /// Requests that failed otherwise: garbled answers, broken connections.
        public internal(set) var errors = 0
        /// Moving average (weight 1/8) of the time from a request to the end of its answer; nil before the first.
        public internal(set) var averageLatency: Duration?
        /// What 95 % of the last 64 answers took at most; nil before the first.
        public internal(set) var latency95: Duration?
        /// When the last frame to it left.
        public internal(set) var lastFrame: MonotonicTime?
    }

    /// By unit id; only units that were asked.
    public internal(set) var units: [UInt8: Unit]
    /// How many connections were made.
    public internal(set) var connects: Int
    /// How long the line was occupied by requests, answers and the waiting for them.
    public internal(set) var busy: Duration
    /// Why there is no connection, while there is none.
    public internal(set) var trouble: String?
}
