import DriverAPI
import ReadPlanning

/// Whether the device answers, and when a silent one may be asked again.
///
/// A silent box may still hear the host, so every frame to it winds up its watchdog again. It gets none until its
/// watchdog has run out since the last frame; then it is probed after 1 s, 2 s, 4 s … 60 s. Without a watchdog, or where
/// no connection could be made (then nothing reached it), probing begins at once.
struct Contact: Hashable, Sendable {
    /// Whether it answers.
    enum State: Hashable, Sendable {
        /// Not yet reached since the start.
        case connecting
        /// It answers.
        case online
        /// It does not.
        case silent(since: MonotonicTime, reason: String)
        /// Another make answers.
        case mismatch(String)
    }

    /// Whether it answers.
    private(set) var state = State.connecting
    /// When a frame may leave; nil: now.
    private(set) var nextProbe: MonotonicTime?
    private var backOff = UnitBackOff()
    /// Whether it has answered since the start.
    private(set) var wasReached = false
    /// Whether its watchdog was already given the time to run out.
    private var wasLeftAlone = false

    /// What is added to a watchdog's deadline before it counts as run out: 10 %, at least 8 s.
    ///
    /// Longer than the margin load management books with (7 s): a probe before that would wind the watchdog up again, and
    /// what the box gave up would never be free.
    static func margin(of deadline: Duration) -> Duration { max(deadline / 10, .seconds(8)) }

    /// How long another make is left alone before it is asked again who it is.
    private static let mismatchPause = Duration.seconds(60)

    /// Whether it answers.
    var isOnline: Bool { state == .online }

    /// Whether requests are probes: one attempt, no repeats.
    var isProbing: Bool { backOff.isProbing }

    /// Whether a frame may leave at `now`.
    func mayAsk(at now: MonotonicTime) -> Bool { nextProbe.map { now >= $0 } ?? true }

    /// It did not answer, repeats included; `quietUntil` is when its watchdog has run out, nil without one or when it
    /// cannot have heard anything.
    mutating func fail(at now: MonotonicTime, reason: String, quietUntil: MonotonicTime?) {
        backOff.failed(at: .nanoseconds(now.nanoseconds))
        var probe = now.advanced(by: UnitBackOff.pause(after: backOff.failures))
        if !wasLeftAlone, let quietUntil {
            wasLeftAlone = true
            probe = max(probe, quietUntil)
        }
        nextProbe = probe
        if case .silent(let since, _) = state {
            state = .silent(since: since, reason: reason)
        } else {
            state = .silent(since: now, reason: reason)
        }
    }

    /// It answered and is the right one.
    mutating func succeed() {
        backOff.answered()
        wasLeftAlone = false
        wasReached = true
        nextProbe = nil
        state = .online
    }

    /// It answered, but is of another make.
    mutating func mismatch(at now: MonotonicTime, _ reason: String) {
        backOff.answered()
        nextProbe = now.advanced(by: Contact.mismatchPause)
        state = .mismatch(reason)
    }

    /// The state as the host is told.
    var linkState: LinkState {
        switch state {
        case .connecting: .connecting
        case .online: .online
        case .silent(let since, let reason): .silent(since: since, reason: reason)
        case .mismatch(let reason): .mismatch(reason)
        }
    }
}
