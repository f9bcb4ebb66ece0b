import DriverAPI
import Modbus

/// What went over a simulated line last, so that pauses are kept.
struct LineTraffic: Sendable {
    /// Connections made so far.
    var epoch = 1
    /// When the present one was made.
    var connected: MonotonicTime
    /// Whether the host is on the line.
    var isConnected = true
    /// When the last frame to each unit left.
    var lastFrame: [UInt8: MonotonicTime] = [:]

    private var lastUnit: UInt8?
    private var lastEnd: MonotonicTime?
    private var lastEndOfUnit: [UInt8: MonotonicTime] = [:]
    private var lastWriteOfUnit: [UInt8: MonotonicTime] = [:]

    /// A line that was connected at this moment.
    init(connected: MonotonicTime) { self.connected = connected }

    /// When a frame may leave.
    func start(for unit: UInt8, _ gaps: RequestGaps, isWrite: Bool) -> MonotonicTime {
        var start = connected.advanced(by: gaps.afterConnect)
        if let end = lastEndOfUnit[unit] { start = max(start, end.advanced(by: gaps.between)) }
        if let end = lastEnd, lastUnit != unit { start = max(start, end.advanced(by: gaps.neighbour)) }
        if let end = lastWriteOfUnit[unit] {
            start = max(start, end.advanced(by: isWrite ? max(gaps.writes, gaps.afterWrite) : gaps.afterWrite))
        }
        return start
    }

    /// An exchange has ended.
    mutating func finish(_ unit: UInt8, at end: MonotonicTime, isWrite: Bool) {
        lastUnit = unit
        lastEnd = end
        lastEndOfUnit[unit] = end
        if isWrite { lastWriteOfUnit[unit] = end }
    }

    /// The connection broke and was made anew.
    mutating func reconnect(at time: MonotonicTime) {
        epoch += 1
        connected = time
    }
}
