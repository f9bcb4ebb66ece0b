import DriverAPI

/// What the threads of the host share with the thread of a driver.
struct ProgramState {
    /// One device of the driver.
    struct Slot {
        /// Tells it from an earlier device of the same id.
        var token: Int
        var configuration: DeviceConfiguration
        var context: DriverContext
        var report: AsyncStream<DeviceUpdate>.Continuation
        /// Whether the driver answered `open`.
        var isOpen = false
        /// When `open` is asked again; nil while it is asked or answered.
        var openAgain: MonotonicTime?
        /// The interval in which the host asks `read`; nil for a driver that reports by itself.
        var interval: Duration?
        /// When `read` is asked next; nil while it is asked.
        var nextPoll: MonotonicTime?
        /// What was reported last of its connection.
        var link = LinkState.connecting
    }

    /// A question that waits for its answer.
    struct Question {
        var method: String
        var deadline: MonotonicTime
        var limit: Duration
        var complete: @Sendable (Result<JSON, RPCFailure>) -> Void
    }

    var slots: [String: Slot] = [:]
    var questions: [Int: Question] = [:]
    var outgoing: [UInt8] = []
    var lastID = 0
    /// Questions of the driver that the host works on.
    var asked = 0
    /// Why the driver cannot be asked; nil while it can.
    var obstacle: String? = "it is being started"
    /// Whether it can be asked `describe` and `ping`: the process runs.
    var isAlive = false
    /// The process of this life; nil between two lives.
    var pid: Int32?
    var isStopping = false
    var hasThread = false
    /// Whether the next start is to come at once.
    var isHurried = false
    /// Counts the lives, so that an answer for an earlier one is not written to this one.
    var life = 0
}
