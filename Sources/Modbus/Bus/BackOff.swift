import DriverAPI

/// When a connection may be tried again: 0.1 s after the first failure, doubling up to 30 s, on a line up to 2 s.
struct BackOff {
    /// For a serial line: looking for its device costs nobody anything, and an adapter is soon plugged in again.
    static var line: BackOff { BackOff(longest: .seconds(2)) }

    private static let first = Duration.milliseconds(100)
    private let longest: Duration
    /// A set-point does not wait for the back-off, but tries at most this often.
    private static let urgentPause = Duration.seconds(1)

    private var pause = Duration.zero
    private var attempt = MonotonicTime.zero
    private(set) var reason = ""

    init(longest: Duration = .seconds(30)) { self.longest = longest }

    /// Why not to try now; nil: try.
    func refusal(urgency: RequestOptions.Urgency, now: MonotonicTime) -> String? {
        guard pause > .zero else { return nil }
        let wait = urgency == .setPoint ? min(pause, BackOff.urgentPause) : pause
        return now < attempt.advanced(by: wait) ? reason : nil
    }

    /// A connection could not be made, or broke before anything was answered.
    mutating func failed(_ why: String, now: MonotonicTime) {
        pause = pause == .zero ? BackOff.first : min(pause * 2, longest)
        attempt = now
        reason = why
    }

    /// The device answered.
    mutating func succeeded() { pause = .zero }
}
