import DriverAPI

/// When the device last heard what keeps its watchdog going.
struct SignsOfLife {
    /// The last answered request of any kind.
    var transaction: MonotonicTime?
    /// The last answered read.
    var read: MonotonicTime?
    /// The last acknowledged write.
    var write: MonotonicTime?
    /// The last acknowledged write of the set-point.
    var setPoint: MonotonicTime?
    /// The last acknowledged write of the token.
    var token: MonotonicTime?
    /// The number last written by a counting token.
    var count: Int?
    /// When a sign that failed is tried again.
    var nextTry = MonotonicTime.zero
    /// When was last reported that none is taken; nil while they are.
    var reported: MonotonicTime?

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
