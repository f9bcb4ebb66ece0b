#if canImport(Glibc)
    import Glibc
#endif

/// The clock everything in the host is given, so that a day runs in a test in seconds.
///
/// The real one is ``SystemClock``; tests and profile scenarios bring a virtual one.
public protocol SiteClock: Clock, Sendable where Instant == MonotonicTime, Duration == Swift.Duration {}

extension SiteClock {
    /// Waits for `duration`; throws `CancellationError` when the task is cancelled meanwhile.
    public func sleep(_ duration: Swift.Duration) async throws {
        try await sleep(until: now.advanced(by: duration), tolerance: nil)
    }
}

/// The machine's monotonic clock (`CLOCK_MONOTONIC`).
public struct SystemClock: SiteClock {
    /// Makes a handle on the one clock of the machine.
    public init() {}

    /// The present moment.
    public var now: MonotonicTime {
        var t = timespec()
        clock_gettime(CLOCK_MONOTONIC, &t)
        return MonotonicTime(nanoseconds: Int64(t.tv_sec) * 1_000_000_000 + Int64(t.tv_nsec))
    }

    /// One nanosecond.
    public var minimumResolution: Swift.Duration { .nanoseconds(1) }

    /// Waits until `deadline`; throws `CancellationError` when the task is cancelled meanwhile.
    public func sleep(until deadline: MonotonicTime, tolerance: Swift.Duration?) async throws {
        try await Task.sleep(
            for: max(Swift.Duration.zero, now.duration(to: deadline)), tolerance: tolerance, clock: .continuous)
    }
}
