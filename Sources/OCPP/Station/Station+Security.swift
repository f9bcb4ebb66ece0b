extension Station {
    /// Notes a security event; it is kept until the backend has taken it (security whitepaper, edition 2, A04).
    mutating func addSecurityEvent(_ type: String, techInfo: String? = nil) {
        if jobs.securityEvents.count >= Station.securityEventLimit { jobs.securityEvents.removeFirst() }
        jobs.securityEvents.append(
            SecurityEventNotificationRequest(
                type: String(type.prefix(50)), timestamp: now, techInfo: techInfo.map { String($0.prefix(255)) }))
        effects.append(.store(.securityEvents(jobs.securityEvents)))
    }

    private static var securityEventLimit: Int { 200 }

    /// Sends the security events one by one.
    mutating func sendSecurityEvents() {
        guard link.isOnline, !jobs.isSecurityEventOut, !jobs.securityEventsAreUnknown,
            let event = jobs.securityEvents.first
        else { return }
        jobs.isSecurityEventOut = true
        call(event, .securityEvent(event))
    }

    mutating func securityEventEnded(_ event: SecurityEventNotificationRequest, _ outcome: Outcome) {
        jobs.isSecurityEventOut = false
        switch outcome {
        case .answered: break
        case .refused(let error):
            // A backend without the security extension: the events are kept for one that has it.
            if error.code == .notImplemented || error.code == .notSupported {
                jobs.securityEventsAreUnknown = true
                return
            }
        case .timedOut, .closed: return
        }
        guard let place = jobs.securityEvents.firstIndex(of: event) else { return }
        jobs.securityEvents.remove(at: place)
        effects.append(.store(.securityEvents(jobs.securityEvents)))
    }

    mutating func announceStart() {
        guard !jobs.isStartAnnounced else { return }
        jobs.isStartAnnounced = true
        addSecurityEvent("StartupOfTheDevice")
    }

    mutating func take(_ request: CertificateSignedRequest, id: String) {
        let maximum = keys.integer("CertificateSignedMaxChainSize") ?? 10_000
        guard request.certificateChain.utf8.count <= maximum else {
            refuse(.certificateSigned, "the chain is longer than \(maximum) bytes")
            answer(id, CertificateSignedResponse(status: .rejected))
            return
        }
        effects.append(.toHost(id: id, request))
    }

    /// The backend refused what was changed last: the old password and profile count again.
    mutating func restoreCredentials() {
        for (key, value) in link.formerCredentials.sorted(by: { $0.key < $1.key }) {
            if let value {
                setKey(key, to: value)
            } else {
                keys.reset(key)
                effects.append(.store(.keyDefault(name: key, connector: nil)))
            }
            effects.append(.keyChanged(name: key, connector: nil))
        }
        if !link.formerCredentials.isEmpty { effects.append(.reconnect) }
        link.formerCredentials = [:]
    }
}
