import LoadManagement

/// What a segment says of itself.
public struct SegmentHeader: Hashable, Codable, Sendable {
    /// The version of the program that wrote it.
    public var program: String
    /// Its number in the folder.
    public var number: Int
    /// What the wall clock showed when it was begun, in seconds since 1970 (UTC).
    public var wallClock: Int64
    /// What the monotonic clock showed then, in nanoseconds.
    public var clock: Int64
    /// Why it was begun.
    public var cause: Cause

    /// Makes a header.
    public init(program: String, number: Int, wallClock: Int64, clock: Int64, cause: Cause) {
        self.program = program
        self.number = number
        self.wallClock = wallClock
        self.clock = clock
        self.cause = cause
    }

    /// Why a segment was begun.
    public enum Cause: Hashable, Codable, Sendable {
        /// The host has started.
        case started
        /// The segment before was full.
        case full
        /// So many ticks before were not recorded, because the disk was slow or full.
        case gap(missing: Int)
    }

    /// What the wall clock showed at the moment `now` of the monotonic clock, in seconds since 1970.
    public func wallClock(at now: Moment) -> Double {
        Double(wallClock) + Double(now &- clock) / 1e9
    }
}
