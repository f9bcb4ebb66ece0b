#if canImport(Glibc)
    import Glibc
#endif

/// A moment on the machine's monotonic clock, in nanoseconds since an arbitrary start (at best the boot).
///
/// It never jumps with the wall clock, and is the same in every process of one machine, so it may cross a pipe.
public struct MonotonicTime: InstantProtocol, Codable, Sendable {
    /// Nanoseconds since the clock's start.
    public var nanoseconds: Int64

    /// Makes the moment `nanoseconds` after the clock's start.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// Makes the moment `seconds` after the clock's start.
    public init(seconds: Double) { nanoseconds = Int64(seconds * 1e9) }

    /// The clock's start.
    public static let zero = MonotonicTime(nanoseconds: 0)

    /// Seconds since the clock's start.
    public var seconds: Double { Double(nanoseconds) / 1e9 }

    /// The moment `duration` later.
    public func advanced(by duration: Duration) -> MonotonicTime {
        MonotonicTime(nanoseconds: nanoseconds + duration.wholeNanoseconds)
    }

    /// How long it is from here to `other`; negative if `other` is earlier.
    public func duration(to other: MonotonicTime) -> Duration { .nanoseconds(other.nanoseconds - nanoseconds) }

    /// Orders by time.
    public static func < (a: MonotonicTime, b: MonotonicTime) -> Bool { a.nanoseconds < b.nanoseconds }

    /// Reads as one number of nanoseconds.
    public init(from decoder: any Decoder) throws {
        nanoseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes one number of nanoseconds.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(nanoseconds)
    }
}

extension Duration {
    /// The duration in nanoseconds, the rest below one nanosecond cut off.
    public var wholeNanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }

    /// The duration in seconds.
    public var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
