import DriverAPI
import OCPP

extension ConnectorEngine {
    /// Whether what it says it follows agrees with its order; false where it does not say, and the answer is all there is.
    ///
    /// Throws ``DriverError/notVerified(_:)`` when it says that it follows more.
    func verify() async throws(DriverError) -> Bool {
        for attempt in 1...2 {
            guard let reading = await composite() else { break }
            switch judge(reading) {
            case .agrees: return true
            case .saysNothing: return false
            case .above(let limit):
                guard attempt == 2 else {
                    try? await context.clock.sleep(.seconds(1))
                    continue
                }
                throw .notVerified("\(place) took the order, but its composite schedule allows \(limit) A")
            }
        }
        return try await verifyByOffer()
    }

    /// What its composite schedule says; nil when it has none.
    func composite() async -> CompositeReading? {
        guard hasComposite != false, isOnline else { return nil }
        let profiles = profiles
        let request = GetCompositeScheduleRequest(
            connectorId: place.connector, duration: hold + OrderProfiles.lead, chargingRateUnit: profiles.unit)
        do throws(DriverError) {
            guard let reading = CompositeReading(try await ask(request), profiles) else { return nil }
            hasComposite = true
            return reading
        } catch {
            if case .unsupported = error { hasComposite = false }
            return nil
        }
    }

    enum Judgement: Equatable {
        case agrees
        case above(Tenths)
        case saysNothing
    }

    /// Compares a composite schedule with what was sent, shows it, and learns from it what the fall-back is worth.
    ///
    /// Without a transaction some charge points leave default profiles out of it. So then it only counts once it was seen
    /// to show an order.
    func judge(_ reading: CompositeReading) -> Judgement {
        guard let sent else {
            showLimit(nil)
            return .saysNothing
        }
        let isEqual = abs(reading.limit.tenths - sent.amperes.tenths) <= 1
        if transaction == nil, isEqual, Self.exact(sent.amperes) < options.rated { showsIdle = true }
        guard transaction != nil || showsIdle else {
            showLimit(nil)
            return .saysNothing
        }
        showLimit(min(Self.exact(reading.limit), options.rated))
        guard reading.limit.tenths <= sent.amperes.tenths + 1 else { return .above(reading.limit) }
        if isEqual, sent.then != sent.amperes, profiles.hold != nil {
            let left = hold - Int(sent.at.duration(to: now).inSeconds.rounded())
            let wanted = profiles.amperes(profiles.limit(sent.then), profiles.unit, phases: nil) ?? sent.then
            if let falls = reading.falls(to: wanted, in: left) { learn(falls) }
        }
        if !isEqual, transaction != nil, sent.at.duration(to: now) > .seconds(10) {
            alarm(
                "its composite schedule allows \(reading.limit) A though it was told \(sent.amperes) A: another profile "
                    + "limits it, or its clock is wrong")
        }
        return .agrees
    }

    private func learn(_ falls: Bool) {
        let learned: FallbackProof = falls ? .shown : .denied
        guard learned != proof else { return }
        proof = learned
        needsRenewal = true
        if !falls {
            alarm(
                "its composite schedule does not fall to \(effectiveFallback) A after \(hold) s: it is taken to go on with "
                    + "what it was told when the master is gone")
        }
        describe()
    }

    private func showLimit(_ amperes: Exact?) {
        guard amperes != nil || board.readings["current_limit"] != nil else { return }
        show([
            Reading(
                point: "current_limit", value: amperes.map { .number($0) }, unit: .A,
                quality: amperes == nil ? .noData : .good, time: now)
        ])
    }

    /// By Current.Offered where it is measured and a transaction runs: a newer value is asked for and waited for, 5 s.
    private func verifyByOffer() async throws(DriverError) -> Bool {
        guard transaction != nil, let sent, board.readings["current_offered"]?.quality.isKnown ?? false else {
            return false
        }
        for _ in 0..<5 where isOnline && transaction != nil {
            if abilities.has("RemoteTrigger") {
                _ = try? await ask(
                    TriggerMessageRequest(requestedMessage: .meterValues, connectorId: place.connector))
            }
            try? await context.clock.sleep(.seconds(1))
            guard let offered = board.readings["current_offered"], offered.time > sent.at,
                let amperes = offered.known?.number
            else { continue }
            if Self.tenths(amperes).tenths <= sent.amperes.tenths + 5 { return true }
        }
        guard let offered = board.readings["current_offered"], offered.time > sent.at,
            let amperes = offered.known?.number
        else { return false }
        throw .notVerified("\(place) took the order, but still offers \(amperes) A")
    }

    static func exact(_ tenths: Tenths) -> Exact { Exact(Int128(tenths.tenths), over: 10) ?? 0 }
}
