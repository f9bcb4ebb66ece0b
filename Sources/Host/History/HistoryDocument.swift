import DriverAPI
import Glibc

/// The document of `GET /api/v1/history`: one column for each power, oldest value first.
public struct HistoryDocument: Codable, Hashable, Sendable {
    /// The columns.
    public struct Series: Codable, Hashable, Sendable {
        /// At the grid meter, in W; positive when imported.
        public var grid_w: [Int32?]
        /// Into the boxes, in W.
        public var evse_w: [Int32?]
        /// From the sun, in W.
        public var production_w: [Int32?]
        /// Into batteries, in W; negative while they discharge.
        public var storage_w: [Int32?]
    }

    /// The time from one value to the next, in s.
    public var interval_s: Int
    /// The number of the first value; those that follow are one higher each.
    public var first: Int64
    /// When the last value's time ended, in UTC; nil without values.
    public var end: String?
    /// The values.
    public var series: Series

    /// The document of `points`; `now` and `wall` are the same moment on both clocks.
    public init(_ points: [HistoryPoint], now: MonotonicTime, wall: time_t = time(nil)) {
        let step = PowerHistory.step.wholeNanoseconds
        interval_s = Int(step / 1_000_000_000)
        first = points.first?.number ?? 0
        end = points.last.map { last in
            UTCText.text(wall - time_t((now.nanoseconds - (last.number + 1) * step) / 1_000_000_000))
        }
        series = Series(
            grid_w: points.map(\.grid_w), evse_w: points.map(\.evse_w), production_w: points.map(\.production_w),
            storage_w: points.map(\.storage_w))
    }
}
