import DriverAPI

/// What the engine knows of the present connection.
struct ConnectionRecord {
    /// How far the device is prepared for commands.
    enum Preparation: Hashable {
        /// The profile's `init` has to run.
        case needed
        /// It ran, or there is none.
        case done
        /// A needed write failed: no raise is sent; the reason.
        case failed(String)
    }

    /// Whether facts, variants and identity are those of this connection.
    var isSetUp = false
    /// The link's count of connections they were read on.
    var epoch = 0
    /// The profile's `init`.
    var preparation = Preparation.needed
    /// When a failed `init` is tried again.
    var nextPreparation = MonotonicTime.zero
    /// Whether the device is the right one.
    var identity = Identity.unknown
    /// The score of its rules.
    var score: Int?
    /// vendor, model, serial, firmware, hardware, as far as known.
    var names: [String: String] = [:]
    /// Whether any read was answered with words since it was made.
    var hasAnswered = false
    /// The highest good reading of `restarts`.
    var restarts: Exact?
    /// Whether the device restarted since the last turn.
    var sawRestart = false
    /// When the counts of worn writes are stored next.
    var nextWearStore = MonotonicTime.zero
    /// When points that used to answer and were refused are asked for again.
    var nextRetry: MonotonicTime?
    /// When points whose probe was not answered are probed again.
    var nextPresenceProbe: MonotonicTime?
    /// Set while the host takes its leave.
    var isLeaving = false
    /// Set when the device is closed.
    var isClosed = false
}
