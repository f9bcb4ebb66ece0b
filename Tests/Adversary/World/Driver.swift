import LoadManagement

/// What the driver of one box knows and does, in the way of the Modbus profile driver (`Contact`, `CommandQueue`,
/// `ProfileEngine`): it asks once a second or so, carries out orders before that, verifies them, leaves a box that fell
/// silent alone until its watchdog has run out, probes it after that, sends a lowering that waited first of all, and by
/// itself writes again what a box has to be written. Times are milliseconds, currents milliamperes.
struct Driver {
    struct Command {
        var number: Int
        var value: Int
        /// Whether it says once more what was told before, so that its frame has to leave.
        var isRepeat = false
    }

    /// An order that ended.
    struct Report {
        var number: Int
        var end: OrderEnd
        var at: Int
    }

    let period: Int
    private(set) var isOnline = false
    private(set) var connections = 0
    var lastFrame: Int?
    private(set) var heard: Int?
    private(set) var measured: (PhaseCurrents, Int)?
    private(set) var held: (Int, Int)?
    private(set) var state = CarState.unknown
    var waiting: Command?
    private(set) var reports: [Report] = []
    private(set) var nextPoll: Int
    /// What it told last with success, and whether the box is still taken to follow that.
    private(set) var told: Int?
    private(set) var asserted: Int?
    /// What the box acknowledged last, if it has not been silent since.
    private var acknowledged: Int?
    private var mayFollow: Int?
    private(set) var pending: Int?
    private(set) var wasReached = false
    private var wasLeftAlone = false
    private(set) var failures = 0
    private(set) var nextProbe: Int
    private var wroteAt: Int?
    private var deviatesSince: Int?
    private var assertions: [Int] = []

    init(period: Int, from now: Int) {
        self.period = period
        nextPoll = now
        nextProbe = now
    }

    mutating func takeReports() -> [Report] {
        defer { reports = [] }
        return reports
    }

    mutating func report(_ number: Int, _ end: OrderEnd, _ now: Int) {
        reports.append(Report(number: number, end: end, at: now))
    }

    func isLowering(_ value: Int) -> Bool {
        if value == 0 { return true }
        guard let follows = mayFollow ?? told else { return false }
        return value < follows
    }

    /// Takes an order; one that still waits is superseded.
    mutating func submit(_ command: Command, _ now: Int, isReadBack: Bool) {
        if let waiting { report(waiting.number, .unanswered, now) }
        waiting = nil
        if command.isRepeat { asserted = nil }
        if isOnline, asserted == command.value {
            let isAsTold = held.map { $0.0 == command.value } ?? true
            if isAsTold {
                report(command.number, .done(proven: !isReadBack || held != nil ? command.value : nil), now)
                return
            }
            asserted = nil
        }
        if !isOnline, now < nextProbe {
            keep(command.value)
            report(command.number, .unanswered, now)
            return
        }
        waiting = command
    }

    private mutating func keep(_ value: Int) {
        guard isLowering(value) else { return }
        pending = value
    }

    /// What to send next, if it is time.
    mutating func next(_ now: Int, _ traits: BoxTraits) -> Exchange.Purpose? {
        if !isOnline {
            guard now >= nextProbe || (waiting != nil && failures == 0) else { return nil }
            // It may hear what it does not answer, so that a lowering that waited goes first.
            if let pending, failures > 0, wasReached { return .repeated(pending) }
            return .poll
        }
        if let value = pending {
            pending = nil
            return .repeated(value)
        }
        if let command = waiting {
            waiting = nil
            asserted = nil
            mayFollow = max(mayFollow ?? told ?? command.value, command.value)
            deviatesSince = nil
            return .write(number: command.number, value: command.value)
        }
        if let value = acknowledged, traits.isFedByWritesOnly, let watchdog = traits.watchdog, let wroteAt,
            now - wroteAt >= watchdog / 3
        {
            // It may have heard a lowering that it seemed to refuse: nothing above what it reads is kept going.
            return .sign(min(value, held?.0 ?? value))
        }
        if let value = told, let since = deviatesSince, now - since >= 3000, asserted != nil {
            assertions.removeAll { now - $0 > 600_000 }
            deviatesSince = nil
            if assertions.count < 3 {
                assertions.append(now)
                return .repeated(value)
            }
        }
        return now >= nextPoll ? .poll : nil
    }

    /// When it has something to do.
    func due(_ traits: BoxTraits) -> Int {
        guard isOnline else { return nextProbe }
        if waiting != nil || pending != nil { return 0 }
        return nextPoll
    }

    // MARK: What came of it

    mutating func polled(_ exchange: Exchange, _ now: Int, _ traits: BoxTraits) {
        answered(now)
        heard = now
        if traits.hasMeter { measured = (exchange.drawn, now) }
        if traits.isReadBack { held = (exchange.register, now) }
        state = exchange.state
        if let told, asserted != nil, traits.isReadBack {
            deviatesSince = exchange.register == told ? nil : deviatesSince ?? now
        }
    }

    mutating func answered(_ now: Int) {
        if !isOnline { connections += 1 }
        isOnline = true
        wasReached = true
        wasLeftAlone = false
        failures = 0
    }

    /// It acknowledged a write.
    mutating func acknowledge(_ value: Int, _ now: Int) {
        answered(now)
        wroteAt = now
        acknowledged = value
    }

    mutating func wrote(_ value: Int, _ now: Int) {
        answered(now)
        if pending == value { pending = nil }
        told = value
        asserted = value
        mayFollow = value
        deviatesSince = nil
    }

    mutating func polls(_ now: Int) { nextPoll = now + period }

    /// It does not answer any more, repeats included.
    mutating func fellSilent(_ now: Int, mayHaveHeard: Bool, lost command: Command?, _ traits: BoxTraits) {
        if let command {
            keep(command.value)
            report(command.number, .unanswered, now)
        }
        if let waiting {
            keep(waiting.value)
            report(waiting.number, .unanswered, now)
        }
        waiting = nil
        failures += 1
        var probe = now + min(60_000, 1000 << min(6, failures - 1))
        if !wasLeftAlone, mayHaveHeard, wasReached || told != nil, let watchdog = traits.watchdog, let lastFrame {
            wasLeftAlone = true
            probe = max(probe, lastFrame + watchdog + max(watchdog / 10, 8000))
        }
        nextProbe = probe
        isOnline = false
        asserted = nil
        acknowledged = nil
        deviatesSince = nil
        (held, measured, heard, state) = (nil, nil, nil, .unknown)
    }

    /// What was read back after a write.
    mutating func verified(_ exchange: Exchange, _ now: Int) {
        answered(now)
        heard = now
        held = (exchange.register, now)
    }

    /// What the host is told at a tick.
    func report(at offset: (Int) -> Moment) -> BoxReport {
        var report = BoxReport(lastFrame: lastFrame.map(offset), isOnline: isOnline, connections: connections)
        guard isOnline else { return report }
        report.heard = heard.map(offset)
        report.measured = measured.map { ($0.0, offset($0.1)) }
        report.readBack = held.map { ($0.0, offset($0.1)) }
        report.isPlugged = heard == nil ? nil : state != .a
        return report
    }
}
