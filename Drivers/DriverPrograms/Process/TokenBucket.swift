import DriverAPI

/// How much may come in a time: `rate` a second on average, `burst` at once.
struct TokenBucket {
    private let rate: Double
    private let burst: Double
    private var tokens: Double
    private var filled: MonotonicTime

    init(rate: Double, burst: Double, now: MonotonicTime) {
        self.rate = rate
        self.burst = burst
        tokens = burst
        filled = now
    }

    /// Takes one; false when there is none left.
    mutating func take(now: MonotonicTime) -> Bool {
        tokens = min(burst, tokens + max(0, filled.duration(to: now).inSeconds) * rate)
        filled = now
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }
}
