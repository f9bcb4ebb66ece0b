import DriverAPI
import OCPP

extension ConnectorEngine {
    /// Carries a command out.
    func apply(_ command: Command) async throws(DriverError) -> CommandOutcome {
        guard !isClosed else { throw .closed }
        switch command {
        case .charge(let target): return try await charge(try amperes(target))
        case .lock(false): return try await unlock()
        case .set(let point, let value): return try await set(point, to: value)
        case .phases, .wakeUp, .lock, .display:
            throw .unsupported("\(place): OCPP has no such command for a connector")
        }
    }

    private func charge(_ amperes: Exact) async throws(DriverError) -> CommandOutcome {
        commandCount += 1
        let mine = commandCount
        await turn.take()
        let result: Result<CommandOutcome, DriverError>
        do throws(DriverError) {
            // A newer command took its place while it waited.
            guard mine == commandCount else { throw .superseded }
            result = .success(try await order(amperes))
        } catch {
            result = .failure(error)
        }
        await turn.give()
        return try result.get()
    }

    private func order(_ amperes: Exact) async throws(DriverError) -> CommandOutcome {
        try needsConnection()
        let before = told
        told = amperes
        let frames: [String]
        do throws(DriverError) {
            frames = try await send(amperes)
        } catch {
            // What was refused is not followed, so that it is not renewed either.
            switch error {
            case .refusedByDevice, .unsupported: told = before
            default: break
            }
            throw error
        }
        if amperes > 0 { lastOn = amperes }
        needsRenewal = false
        return CommandOutcome(told: amperes, frames: frames, verified: try await verify())
    }

    /// The order in A per phase, in whole tenths, rounded down.
    private func amperes(_ target: ChargeTarget) throws(DriverError) -> Exact {
        let wanted: Exact
        switch target {
        case .off: return 0
        case .on: wanted = lastOn ?? options.minimum
        case .current(let value): wanted = value
        case .power(let value):
            guard let value = value.divided(by: Exact(OrderProfiles.voltage * options.phases)) else {
                throw .refused("\(place): \(value) W is no power it can be told")
            }
            wanted = value
        }
        let amperes = Exact(Int128(Self.tenths(wanted).tenths), over: 10) ?? 0
        guard amperes >= options.minimum, amperes <= options.rated else {
            throw .refused(
                "\(place): \(wanted) A is not within \(options.minimum) to \(options.rated) A; use off to stop it")
        }
        return amperes
    }

    /// Sends an order with what counts after the hold time, for the running transaction and for the next; the frames.
    func send(_ amperes: Exact) async throws(DriverError) -> [String] {
        try needsConnection()
        do throws(DriverError) {
            return try await transmit(amperes)
        } catch {
            guard case .refusedByDevice = error, !refusesZero else { throw error }
            let isZero = amperes == 0
            guard isZero || proof.second(Self.tenths(fallback), beside: Self.tenths(amperes)) == 0 else { throw error }
            refusesZero = true
            if isZero {
                describe()
                throw error
            }
            let frames: [String]
            do throws(DriverError) {
                frames = try await transmit(amperes)
            } catch {
                // It was not for the zero.
                refusesZero = false
                throw error
            }
            describe()
            return frames
        }
    }

    private func needsConnection() throws(DriverError) {
        guard isOnline else { throw .unreachable("\(place) is not connected: \(offlineReason)") }
        guard abilities.has("SmartCharging") else {
            throw .unsupported("\(place) has no smart charging: it cannot be told a current")
        }
    }

    private func transmit(_ amperes: Exact) async throws(DriverError) -> [String] {
        let limit = Self.tenths(amperes)
        let then = proof.second(Self.tenths(effectiveFallback), beside: limit)
        let profiles = profiles
        let moment = slave.hub.wallTime()
        var orders: [ChargingProfile] = []
        let running = transaction
        if let running {
            orders.append(profiles.order(limit, then: then, transaction: running, at: moment))
        }
        orders.append(profiles.order(limit, then: then, at: moment))
        sent = (limit, then, now)
        var frames: [String] = []
        var refusal: DriverError?
        for profile in orders {
            let request = SetChargingProfileRequest(connectorId: place.connector, csChargingProfiles: profile)
            report(.frame(now))
            frames.append(Self.text(request))
            do throws(DriverError) {
                try await send(request)
            } catch {
                // What is refused for the running transaction may still be taken for the next.
                guard case .refusedByDevice = error else { throw error }
                // A transaction that ended meanwhile takes no profile any more, and needs none.
                if profile.chargingProfilePurpose == .txDefaultProfile || transaction == running { refusal = error }
            }
        }
        if let refusal { throw refusal }
        return frames
    }

    private func send(_ request: SetChargingProfileRequest) async throws(DriverError) {
        let profile = request.csChargingProfiles
        switch try await ask(request).status {
        case .accepted: break
        case .notSupported: throw .refusedByDevice("\(place) says that it does not support charging profiles")
        case .rejected:
            let limit = profile.chargingSchedule.chargingSchedulePeriod.first?.limit ?? 0
            throw .refusedByDevice(
                "\(place) refuses \(limit) \(profile.chargingSchedule.chargingRateUnit.rawValue) as "
                    + profile.chargingProfilePurpose.rawValue)
        }
    }

    /// Sets what counts where no order does.
    func installFallback() async {
        guard abilities.has("SmartCharging") else { return }
        var isTaken = false
        for amperes in [fallback, max(fallback, options.minimum)] where !isTaken {
            refusesZero = amperes != fallback
            guard let profile = profiles.fallback(Self.tenths(amperes), at: slave.hub.wallTime()) else {
                refusesZero = false
                return
            }
            report(.frame(now))
            let request = SetChargingProfileRequest(connectorId: place.connector, csChargingProfiles: profile)
            guard let answer = try? await ask(request) else {
                refusesZero = false
                return
            }
            isTaken = answer.status == .accepted
        }
        if !isTaken {
            refusesZero = false
            alarm("\(place) takes no default profile: nobody knows what it charges with when nothing is ordered")
        }
        describe()
    }

    /// Sends the order once more; what goes wrong is told and tried again.
    func renew() async {
        guard let told else { return }
        do throws(DriverError) {
            _ = try await send(told)
            needsRenewal = false
        } catch {
            needsRenewal = true
            if case .unreachable = error { return }
            alarm("its order of \(told) A could not be renewed: \(error)")
        }
    }

    private func unlock() async throws(DriverError) -> CommandOutcome {
        let answer = try await ask(UnlockConnectorRequest(connectorId: place.connector))
        guard answer.status == .unlocked else {
            throw .refusedByDevice("\(place) answers \(answer.status.rawValue) to UnlockConnector")
        }
        return CommandOutcome(verified: true)
    }

    static func tenths(_ amperes: Exact) -> Tenths {
        Tenths(tenths: amperes.multiplied(by: 10)?.floor.asInt ?? 0)
    }

    private static func text(_ request: some Request) -> String {
        var writer = JSONWriter()
        writer.write(request.json)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
