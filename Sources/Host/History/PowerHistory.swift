import DriverAPI
import Synchronization

/// The power of the last hour in steps of 10 s, for the chart; it takes 12 kB however long the host runs.
public final class PowerHistory: Sendable {
    /// The time from one point to the next.
    public static let step = Duration.seconds(10)
    /// So many points are kept: one hour.
    public static let capacity = 360

    fileprivate struct State {
        var points: [HistoryPoint] = []
        var gathering: PowerMeans?
    }

    private let state = Mutex(State())

    /// An empty history.
    public init() {}

    /// Takes what was measured at `now`; called once a tick.
    public func take(_ power: PowerBalance, at now: MonotonicTime) {
        let number = now.nanoseconds / Self.step.wholeNanoseconds
        state.withLock { state in
            if let gathering = state.gathering, gathering.number != number {
                state.append(gathering.point, until: number)
                state.gathering = nil
            }
            state.gathering = state.gathering ?? PowerMeans(number: number)
            state.gathering?.add(power)
        }
    }

    /// The points, oldest first; their numbers follow each other.
    public var points: [HistoryPoint] { state.withLock(\.points) }

    /// The newest point; nil in the first 10 s.
    public var newest: HistoryPoint? { state.withLock(\.points.last) }
}

extension PowerHistory.State {
    /// Appends a point and, up to `number`, empty ones for the time in which nothing was measured.
    fileprivate mutating func append(_ point: HistoryPoint, until number: Int64) {
        let capacity = PowerHistory.capacity
        points.append(point)
        let first = max(point.number + 1, number - Int64(capacity))
        if first > point.number + 1 { points.removeAll(keepingCapacity: true) }
        for missing in first..<max(first, number) { points.append(HistoryPoint(number: missing)) }
        if points.count > capacity { points.removeFirst(points.count - capacity) }
    }
}
