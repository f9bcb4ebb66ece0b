/// How a box stands with the surplus.
struct SurplusMemory: Hashable, Codable, Sendable {
    /// Whether it may charge.
    var isOn: Bool
    /// Since when there has been enough for it while it is off.
    var enoughSince: Moment?
    /// Since when there has been too little for it while it is on.
    var shortSince: Moment?
    /// Since when its car has drawn nothing though it may.
    var restsSince: Moment?

    /// A car that is offered current and draws nothing for so long leaves the surplus to others.
    static let rest: Span = 60 * second
    /// What counts as nothing, in milliamperes.
    static let nothing = 500

    /// Whether its car has drawn nothing for long.
    func isResting(at now: Moment) -> Bool { restsSince.map { now - $0 >= Self.rest } ?? false }

    mutating func note(_ booking: BoxBooking, at now: Moment) {
        guard isOn, booking.lastTold?.value ?? 0 > 0, booking.ability.hasMeter, let newest = booking.draw.newest,
            newest.current.largest <= Self.nothing
        else {
            restsSince = nil
            return
        }
        restsSince = restsSince ?? newest.at
    }

    /// Counts the delays: it goes off when there was too little all through the stop delay. Answers whether there was enough
    /// all through the start delay for one that is off.
    mutating func count(isEnough: Bool, _ rule: SurplusRule, at now: Moment) -> Bool {
        if isOn {
            shortSince = isEnough ? nil : shortSince ?? now
            if let shortSince, now - shortSince >= rule.stopDelay { self = SurplusMemory(isOn: false) }
            return false
        }
        enoughSince = isEnough ? enoughSince ?? now : nil
        return enoughSince.map { now - $0 >= rule.startDelay } ?? false
    }
}
