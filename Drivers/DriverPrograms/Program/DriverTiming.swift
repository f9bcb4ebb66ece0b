/// How long things may take between host and driver, and how much may be said.
public struct DriverTiming: Hashable, Sendable {
    /// An answer to `describe`, and one to a `ping`.
    public var answer = Duration.seconds(10)
    /// An answer to `open`, `read` and `identify`.
    public var question = Duration.seconds(10)
    /// An answer to `command`.
    public var command = Duration.seconds(15)
    /// An answer to `close`.
    public var close = Duration.seconds(5)
    /// From one `ping` to the next.
    public var heartbeat = Duration.seconds(5)
    /// From closing standard input to SIGTERM, and from there to SIGKILL.
    public var leaving = Duration.seconds(2)
    /// The first wait before a driver is started again; each further one is twice as long.
    public var firstWait = Duration.seconds(1)
    /// The longest wait before a driver is started again.
    public var longestWait = Duration.seconds(60)
    /// After so much good work the next wait is the first again.
    public var steady = Duration.seconds(60)
    /// How long a device that could not be opened waits for the next try.
    public var openAgain = Duration.seconds(30)
    /// How long a driver may send more than it may.
    public var flood = Duration.seconds(10)
    /// Messages a second.
    public var messageRate = 200.0
    /// Messages at once.
    public var messageBurst = 1000.0
    /// Faulty messages in a minute after which a driver is started again.
    public var faults = 20
    /// The share of one processor a driver may use over ``processorWindow``, in percent.
    public var processorPercent = 50
    /// Over how long the use of the processor is looked at.
    public var processorWindow = Duration.seconds(60)

    /// The times of the protocol.
    public init() {}
}
