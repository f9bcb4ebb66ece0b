import DriverAPI

/// Keeps the search for a refused address from bothering a device: per minute as many steps as one search needs.
struct InquiryLimit {
    private var steps: [MonotonicTime] = []

    /// Takes one step of a search among `count` items, if the last minute allows it.
    mutating func take(at now: MonotonicTime, among count: Int) -> Bool {
        steps.removeAll { $0.duration(to: now) >= .seconds(60) }
        let allowed = max(1, Int.bitWidth - (count - 1).leadingZeroBitCount)
        guard steps.count < allowed else { return false }
        steps.append(now)
        return true
    }

    /// When the first step of the last minute is a minute old.
    func nextStep(after now: MonotonicTime) -> MonotonicTime {
        (steps.first ?? now).advanced(by: .seconds(60))
    }
}
