extension Station {
    /// Everything that comes due with time, on the clock that never jumps.
    var deadlines: [Duration] {
        var all: [Duration] = []
        if link.isConnected, link.registration != .accepted, let next = link.nextBoot { all.append(next) }
        if link.isOnline {
            if let next = link.nextHeartbeat { all.append(next) }
            let minimum = minimumStatusDuration
            if let due = stationStatus.due(minimum: minimum) { all.append(due) }
            all += connectors.values.filter { isReported($0.number) }.compactMap { $0.tracked.due(minimum: minimum) }
        }
        if let reset = jobs.reset { all.append(reset.deadline) }
        all += jobs.orphans.filter { $0.token == nil }.map { $0.retryAt ?? time.elapsed }
        for state in connectors.values { all += deadlines(of: state) }
        if let next = clockDeadline { all.append(next) }
        return all
    }

    /// What comes due at a moment of the day. The clock may be set meanwhile, so no more than a minute is waited.
    private var clockDeadline: Duration? {
        let moments = [jobs.nextAligned, limits.until, clock.isCertain(time) ? reservations.nextExpiry : nil]
        guard let next = moments.compactMap({ $0 }).min() else { return nil }
        return time.elapsed + .milliseconds(min(max(next.milliseconds - now.milliseconds, 0), 60_000))
    }

    private func deadlines(of state: ConnectorState) -> [Duration] {
        var all: [Duration] = []
        if let (_, deadline) = state.unlocking { all.append(deadline) }
        switch state.phase {
        case .authorised(let authorisation):
            if let deadline = authorisation.deadline { all.append(deadline) }
        case .charging(let transaction):
            all.append(transaction.storedAt + Station.storeInterval)
            if let interval = sampleInterval { all.append(transaction.lastSample + interval) }
            let settled = transaction.begin + Station.settlingTime
            if settled > time.elapsed { all.append(settled) }
        case .stopping(let stop, _):
            if stop.token == nil { all.append(stop.retryAt ?? time.elapsed) }
        case .idle:
            if freeCharging != nil, state.isPlugged, let retry = state.freeRetryAt, retry > time.elapsed {
                all.append(retry)
            }
        case .authorising, .starting, .free: break
        }
        return all
    }
}
