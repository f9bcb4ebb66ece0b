import DriverAPI
import OCPP

extension ConnectorEngine {
    /// Sets the fall-back current or the hold time: durable first, then in the slave with its order.
    func set(_ point: String, to value: Value) async throws(DriverError) -> CommandOutcome {
        guard let number = value.number else { throw .refused("\(point) takes a number") }
        switch point {
        case "failsafe_current":
            guard number >= 0, number <= options.rated else {
                throw .refused("\(point): \(number) A is not within 0 to \(options.rated) A")
            }
            try await context.store.set("fallback_current", to: number.description)
            fallback = number
        case "failsafe_timeout":
            guard let seconds = number.asInt, (30...3600).contains(seconds) else {
                throw .refused("\(point): \(number) s is not within 30 to 3600 s")
            }
            try await context.store.set("fallback_after", to: String(seconds))
            hold = seconds
        default: throw .unsupported("\(place) has no setting \(point)")
        }
        await turn.take()
        var failure: DriverError?
        if isOnline {
            await installFallback()
            do throws(DriverError) {
                if let told { _ = try await send(told) }
            } catch {
                failure = error
                needsRenewal = true
            }
        }
        await turn.give()
        if let failure { throw failure }
        showFallback()
        describe()
        return CommandOutcome(verified: isOnline)
    }

    func showFallback() {
        show([
            Reading(
                point: "failsafe_current", value: .number(effectiveFallback), unit: .A, quality: .good, time: now),
            Reading(point: "failsafe_timeout", value: .number(Exact(hold)), unit: .s, quality: .good, time: now),
        ])
    }

    /// Makes a call; what went wrong is said as a driver says it.
    func ask<Asked: Request>(_ request: Asked) async throws(DriverError) -> Asked.Response {
        do throws(SlaveCallError) {
            let answer = try await slave.call(request)
            timeouts = 0
            heard()
            return answer
        } catch {
            switch error {
            case .timedOut:
                timeouts += 1
                if timeouts >= 3 { await slave.drop("it left three calls unanswered") }
                throw .unreachable("\(place): \(error)")
            case .notConnected: throw .unreachable("\(place): \(error)")
            case .refused(let sent):
                timeouts = 0
                heard()
                let isMissing = sent.code == .notImplemented || sent.code == .notSupported
                throw isMissing ? .unsupported("\(place): \(error)") : .refusedByDevice("\(place): \(error)")
            case .broken, .notPassedOn: throw .refusedByDevice("\(place): \(error)")
            }
        }
    }
}
