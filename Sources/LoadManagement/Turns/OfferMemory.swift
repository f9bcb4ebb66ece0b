/// What has become of the current offered to a car: whether it was ready for it, and how often it was woken.
struct OfferMemory: Hashable, Codable, Sendable {
    /// Since when the box was told a current, or to stop while a car is plugged in.
    private var since: Moment?
    private var isOffered = false
    /// For how long nothing had been offered to the car before.
    private var pause: Span = 0
    /// Since when the car has been offered current and was not ready.
    private(set) var notReadySince: Moment?
    private var hasCharged = false
    private var attempts = 0
    private var lastAttempt: Moment?

    /// Whether the state may be that of a wake-up, which takes the pilot away and looks like a car that is gone.
    func isWaking(at now: Moment) -> Bool { lastAttempt.map { now - $0 < 60 * second } ?? false }

    /// Takes note of what the car says, and whether its box is told a current.
    mutating func note(_ state: CarState, isOffered: Bool, at now: Moment) {
        guard state != .unknown else { return }
        if state == .a, !isWaking(at: now) {
            self = OfferMemory()
            return
        }
        if since == nil || isOffered != self.isOffered {
            pause = isOffered && !self.isOffered ? since.map { now - $0 } ?? 0 : 0
            self.isOffered = isOffered
            since = now
            notReadySince = nil
            hasCharged = false
            if !isWaking(at: now) { attempts = 0 }
        }
        if state == .c || state == .d { hasCharged = true }
        if !isOffered || state == .c || state == .d { notReadySince = nil }
        if isOffered, state == .b { notReadySince = notReadySince ?? now }
    }

    /// Whether the car sleeps and is to be woken now: it was offered nothing for long, has been offered current since, and
    /// has not become ready.
    mutating func wakeUp(_ rule: WakeUpRule, at now: Moment) -> Bool {
        guard let notReadySince, !hasCharged, pause >= rule.slept, attempts < rule.attempts,
            now - max(notReadySince, lastAttempt ?? notReadySince) >= rule.after
        else { return false }
        attempts += 1
        lastAttempt = now
        return true
    }

    /// Whether the car has been offered current for `span` and was not ready all the time.
    func isIdle(_ span: Span, at now: Moment) -> Bool { notReadySince.map { now - $0 >= span } ?? false }

    /// The moments of another time say nothing any more.
    mutating func restart() { self = OfferMemory() }
}
