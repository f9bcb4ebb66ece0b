import DeviceProfiles
import DriverAPI

/// The device's own watchdog: it counts signs of life and falls back when there are none.
struct DeviceWatchdog: Sendable {
    /// What came over the wire.
    enum Sign: Hashable, Sendable {
        case read
        /// A write to these points.
        case write([String])
    }

    /// The profile's section.
    let rule: KeepAlive
    /// The set-point, which satisfies some devices.
    let setPoint: String?
    /// When the last sign of life came; at first the moment the device was switched on.
    private(set) var lastSign: MonotonicTime
    /// Whether the deadline passed.
    private(set) var hasFallen = false

    /// Makes a watchdog that begins to wait at `start`.
    init(_ rule: KeepAlive, setPoint: String?, start: MonotonicTime) {
        self.rule = rule
        self.setPoint = setPoint
        lastSign = start
    }

    /// How long the device waits; nil: for ever.
    func deadline(in scope: ImageScope) -> Duration? {
        guard rule.satisfiedBy != .none, let deadline = rule.deadline else { return nil }
        switch deadline {
        case .fixed(let duration): return duration
        case .expression(let expression): return expression.evaluate(in: scope).value?.number.map(Self.duration)
        case .point(let name, let zeroMeansNever, let assumed):
            guard let seconds = scope.decoded(name)?.value?.number else { return assumed }
            return seconds == 0 && zeroMeansNever ? nil : Self.duration(seconds)
        }
    }

    /// When it falls back if nothing comes; nil when it has fallen back already or never does.
    func expiry(in scope: ImageScope) -> MonotonicTime? {
        hasFallen ? nil : deadline(in: scope).map { lastSign.advanced(by: $0) }
    }

    /// Notes a sign of life; true when the device had fallen back and now follows its host again.
    mutating func note(_ sign: Sign, at time: MonotonicTime) -> Bool {
        guard satisfies(sign) else { return false }
        lastSign = time
        defer { hasFallen = false }
        return hasFallen
    }

    /// The deadline passed.
    mutating func fall() { hasFallen = true }

    /// The device was switched on anew.
    mutating func restart(at time: MonotonicTime) {
        lastSign = time
        hasFallen = false
    }

    private func satisfies(_ sign: Sign) -> Bool {
        switch (rule.satisfiedBy, sign) {
        case (.anyTransaction, _), (.anyRead, .read), (.anyWrite, .write): true
        case (.setPoint, .write(let points)): setPoint.map(points.contains) ?? false
        case (.token, .write(let points)): rule.token.map { points.contains($0.point) } ?? false
        default: false
        }
    }

    /// Seconds as a duration; beyond 31 years it is as good as never, and still adds up with any time.
    private static func duration(_ seconds: Exact) -> Duration {
        let longest: Int128 = 1_000_000_000_000_000_000
        let nanoseconds = seconds.multiplied(by: 1_000_000_000)?.floor.numerator ?? longest
        return .nanoseconds(Int64(clamping: min(longest, max(0, nanoseconds))))
    }
}
