import DriverAPI

/// When the device last heard what keeps its watchdog going.
struct SignsOfLife {
    /// The last answered request of any kind.
    var transaction: MonotonicTime? { didSet { silence.note(\.transaction, oldValue, transaction) } }
    /// The last answered read.
    var read: MonotonicTime? { didSet { silence.note(\.read, oldValue, read) } }
    /// The last acknowledged write.
    var write: MonotonicTime? { didSet { silence.note(\.write, oldValue, write) } }
    /// The last acknowledged write of the set-point.
    var setPoint: MonotonicTime? { didSet { silence.note(\.setPoint, oldValue, setPoint) } }
    /// The last acknowledged write of the token.
    var token: MonotonicTime? { didSet { silence.note(\.token, oldValue, token) } }
    /// The number last written by a counting token.
    var count: Int?
    /// When a sign that failed is tried again.
    var nextTry = MonotonicTime.zero

    /// The longest times without a sign since it was told what it is to follow.
    private(set) var silence = Silence()

    /// The longest time between two signs of each kind, as when the host itself stood still.
    struct Silence {
        var transaction = Duration.zero
        var read = Duration.zero
        var write = Duration.zero
        var setPoint = Duration.zero
        var token = Duration.zero

        fileprivate mutating func note(
            _ kind: WritableKeyPath<Silence, Duration>, _ before: MonotonicTime?, _ now: MonotonicTime?
        ) {
            guard let before, let now else { return }
            self[keyPath: kind] = max(self[keyPath: kind], before.duration(to: now))
        }
    }

    /// It was told anew what it is to follow.
    mutating func told() { silence = Silence() }

    /// A read was answered.
    mutating func heardRead(at time: MonotonicTime) {
        transaction = time
        read = time
    }

    /// A write was acknowledged.
    mutating func heardWrite(at time: MonotonicTime) {
        transaction = time
        write = time
    }

    /// A new connection: what was said on the old one counts for the device, not for the token and the set-point.
    mutating func reconnected() {
        setPoint = nil
        token = nil
    }
}
