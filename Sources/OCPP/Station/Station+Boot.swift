extension Station {
    mutating func connect() {
        if link.isConnected { disconnect() }
        link.isConnected = true
        link.formerCredentials = [:]
        jobs.securityEventsAreUnknown = false
        effects.append(.gate(link.registration == .accepted ? .open : .bootOnly))
        guard link.registration != .accepted else {
            link.nextHeartbeat = time.elapsed + heartbeatInterval
            return
        }
        if link.nextBoot == nil, link.bootCall == nil { link.nextBoot = time.elapsed }
    }

    mutating func disconnect() {
        link.isConnected = false
        link.nextHeartbeat = nil
        for (number, _) in calls.toBackend.sorted(by: { $0.key < $1.key }) {
            finish(number, .closed(wasSent: true))
        }
    }

    /// Sends BootNotification and Heartbeat when they are due.
    mutating func boot() {
        guard link.isConnected else { return }
        if link.registration != .accepted, let due = link.nextBoot, due <= time.elapsed { sendBoot() }
        if link.isOnline, let due = link.nextHeartbeat, due <= time.elapsed {
            call(HeartbeatRequest(), .heartbeat)
            link.nextHeartbeat = time.elapsed + heartbeatInterval
        }
    }

    mutating func sendBoot() {
        link.nextBoot = nil
        link.bootCall = call(configuration.boot, .boot, lane: .urgent, passesGate: true)
    }

    mutating func bootEnded(_ number: Int, _ outcome: Outcome) {
        if link.bootCall == number { link.bootCall = nil }
        guard case .success(let response)? = outcome.response(to: BootNotificationRequest.self) else {
            // A connection that ends is followed by a boot on the next one; all else is tried again after a while.
            if link.registration != .accepted {
                link.nextBoot = time.elapsed + (link.isConnected ? configuration.bootInterval : .zero)
            }
            return
        }
        setClock(response.currentTime)
        effects.append(.notice(.registration(response.status)))
        let before = link.registration
        link.registration = response.status
        guard response.status == .accepted else {
            let interval = response.interval > 0 ? .seconds(response.interval) : configuration.bootInterval
            link.nextBoot = time.elapsed + interval
            link.nextHeartbeat = nil
            effects.append(.gate(.bootOnly))
            return
        }
        link.nextBoot = nil
        takeHeartbeatInterval(response.interval)
        guard before != .accepted else { return }
        effects.append(.gate(.open))
        forgetSentStatuses()
        announceStart()
    }

    mutating func heartbeatEnded(_ outcome: Outcome) {
        guard case .success(let response)? = outcome.response(to: HeartbeatRequest.self) else { return }
        setClock(response.currentTime)
    }

    private mutating func takeHeartbeatInterval(_ interval: Int) {
        if interval > 0, keys.integer("HeartbeatInterval") != interval {
            setKey("HeartbeatInterval", to: String(min(interval, 86_400)))
        }
        link.nextHeartbeat = time.elapsed + heartbeatInterval
    }

    var heartbeatInterval: Duration { .seconds(max(keys.integer("HeartbeatInterval") ?? 300, 1)) }

    private mutating func setClock(_ backend: Timestamp) {
        let wasCertain = clock.isCertain(time)
        let set = clock.set(backend, at: time)
        if !wasCertain { effects.append(.timeKnown(correction: .milliseconds(set ?? 0))) }
        guard let correction = set else { return }
        if !wasCertain { shiftUncertainStarts(by: correction) }
        effects.append(.clockSet(to: now, correction: .milliseconds(correction)))
        addSecurityEvent("SettingSystemTime", techInfo: "corrected by \(correction) ms")
    }

    /// A clock that was set forwards or back: what depends on the time of the day is worked out anew.
    mutating func noteClock() {
        let difference = now.milliseconds - time.elapsed.milliseconds
        if let former = jobs.clockDifference, abs(difference - former) > 1000 {
            limits.isStale = true
            jobs.nextAligned = nil
        }
        jobs.clockDifference = difference
    }

    private mutating func shiftUncertainStarts(by correction: Int) {
        for number in connectors.keys {
            guard case .charging(var transaction) = connectors[number]?.phase, !transaction.isTimeCertain
            else { continue }
            transaction.open.start = Timestamp(milliseconds: transaction.open.start.milliseconds + correction)
            transaction.open.meterAt = Timestamp(milliseconds: transaction.open.meterAt.milliseconds + correction)
            transaction.isTimeCertain = true
            connectors[number]?.phase = .charging(transaction)
        }
    }
}
