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
        /// Requests with something for an answer that was none: wrong checksum, length, unit or function.
        public internal(set) var garbled = 0
        /// Requests during which the connection broke or the adapter was pulled.
        public internal(set) var broken = 0
        /// Bytes of requests, with everything around them that the line carries.
        public internal(set) var bytesSent = 0
        /// Bytes of answers that were whole frames.
        public internal(set) var bytesReceived = 0
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
    /// The occupied part of the last minute, 0...1.
    public internal(set) var load: Double
    /// Why there is no connection, while there is none.
    public internal(set) var trouble: String?
}
