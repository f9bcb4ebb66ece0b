import DriverAPI
import Network
import OCPP

/// A charge point with connectors, keys and charging profiles, in either framing.
actor TestSlave {
    /// How it departs from the standard.
    struct Manners: Sendable {
        var keys = TestSlave.usualKeys
        var readOnly: Set<String> = ["NumberOfConnectors", "SupportedFeatureProfiles", "ChargeProfileMaxStackLevel"]
        /// Calls it answers with NotImplemented.
        var unknown: Set<Action> = []
        /// Calls it never answers.
        var silent: Set<Action> = []
        var takesZero = true
        /// Whether default profiles are in its composite schedule without a transaction.
        var showsIdle = true
        /// Whether it goes over to later periods of a schedule.
        var keepsSchedules = true
        /// It says yes to profiles and goes on as before.
        var ignoresProfiles = false
        var mostMeasurands = 20
    }

    static let usualKeys = [
        "NumberOfConnectors": "2", "ChargeProfileMaxStackLevel": "5", "ChargingScheduleMaxPeriods": "6",
        "ChargingScheduleAllowedChargingRateUnit": "Current", "HeartbeatInterval": "3600",
        "MeterValueSampleInterval": "60", "WebSocketPingInterval": "0",
        "MeterValuesSampledData": "Energy.Active.Import.Register",
        "SupportedFeatureProfiles": "Core,SmartCharging,RemoteTrigger,Reservation",
    ]

    var manners: Manners
    private(set) var received: [any Request] = []
    private(set) var keys: [String: String]
    private(set) var profiles = ChargingProfiles(limits: ChargingProfiles.Limits(stackLevel: 5, periods: 6))
    private(set) var running: [Int: Int] = [:]
    private(set) var isClosed = false
    private var session = Session(settings: Session.Settings(callTimeout: .seconds(30)))
    private var waiting: [Ticket: CheckedContinuation<Outcome, Never>] = [:]
    private let send: @Sendable (Frame, Action?) -> Void
    private let hangUp: @Sendable () -> Void

    init(
        _ manners: Manners = Manners(), send: @escaping @Sendable (Frame, Action?) -> Void,
        hangUp: @escaping @Sendable () -> Void
    ) {
        self.manners = manners
        keys = manners.keys
        self.send = send
        self.hangUp = hangUp
    }

    struct Failure: Error { let outcome: Outcome }

    private var now: Duration { .nanoseconds(SystemClock().now.nanoseconds) }

    func change(_ change: @Sendable (inout Manners) -> Void) { change(&manners) }

    func call<Asked: Request>(_ request: Asked) async throws -> Asked.Response {
        let outcome = await withCheckedContinuation { continuation in
            waiting[session.enqueue(request, lane: .ordinary)] = continuation
            pump()
        }
        guard let answer = outcome.response(to: Asked.self) else { throw Failure(outcome: outcome) }
        return try answer.get()
    }

    @discardableResult
    func boot() async throws -> BootNotificationResponse {
        try await call(
            BootNotificationRequest(
                chargePointVendor: "Test", chargePointModel: "Slave", chargePointSerialNumber: "S-1",
                firmwareVersion: "1.2"))
    }

    func status(_ connector: Int, _ status: ChargePointStatus) async throws {
        _ = try await call(
            StatusNotificationRequest(connectorId: connector, errorCode: .noError, status: status))
    }

    @discardableResult
    func start(
        _ connector: Int = 1, tag: String = "CARD", meter: Int = 1000, at: Timestamp = CentralSystem.wallTime
    ) async throws -> Int {
        let answer = try await call(
            StartTransactionRequest(connectorId: connector, idTag: tag, meterStart: meter, timestamp: at))
        running[connector] = answer.transactionId
        return answer.transactionId
    }

    func stop(_ connector: Int = 1, id: Int? = nil, meter: Int = 2000) async throws {
        _ = try await call(
            StopTransactionRequest(
                meterStop: meter, timestamp: CentralSystem.wallTime, transactionId: id ?? running[connector] ?? -1))
        running[connector] = nil
        profiles.endTransaction(onConnector: connector)
    }

    func sample(
        _ samples: [SampledValue], on connector: Int = 1, transaction: Int? = nil,
        at: Timestamp = CentralSystem.wallTime
    ) async throws {
        _ = try await call(
            MeterValuesRequest(
                connectorId: connector, transactionId: transaction ?? running[connector],
                meterValue: [MeterValue(timestamp: at, sampledValue: samples)]))
    }

    func close() { hangUp() }

    /// It loses its profiles, as over a restart.
    func forget() { profiles = ChargingProfiles(limits: profiles.limits) }

    func take(_ frame: Frame) {
        handle(session.receive(frame, at: now))
        pump()
    }

    func ended() {
        isClosed = true
        handle(session.close())
    }

    func actionOfOutstandingCall(_ id: String) -> Action? { session.actionOfOutstandingCall(id) }

    /// What it was asked for, of one kind.
    func requests<Asked: Request>(_ type: Asked.Type) -> [Asked] { received.compactMap { $0 as? Asked } }

    /// What a connector may draw now.
    func limit(_ connector: Int = 1, after seconds: Int = 0) -> Tenths? {
        profiles.limit(
            connector: connector, site: site, at: CentralSystem.wallTime.advanced(bySeconds: seconds))?.limit.limit
    }

    var site: ChargingSite {
        func connector(_ number: Int) -> ChargingConnector {
            ChargingConnector(
                maximum: 32,
                transaction: running[number].map {
                    ChargingConnector.Transaction(id: $0, start: CentralSystem.wallTime)
                })
        }
        return ChargingSite(connectors: [1: connector(1), 2: connector(2)])
    }

    private func handle(_ events: [SessionEvent]) {
        for event in events {
            switch event {
            case .send(let frame): send(frame, nil)
            case .call(let call): answer(call)
            case .outcome(let ticket, let outcome): waiting.removeValue(forKey: ticket)?.resume(returning: outcome)
            case .ignored: break
            }
        }
    }

    private func pump() { if let frame = session.nextCall(at: now) { send(frame, nil) } }

    private func answer(_ call: IncomingCall) {
        let result: Result<JSONObject, CallError>
        var after: (any Request)?
        do throws(CallError) {
            let request = try call.checked(at: .chargePoint)
            received.append(request)
            let action = type(of: request).action
            if manners.silent.contains(action) { return }
            guard !manners.unknown.contains(action) else { throw CallError(.notImplemented, "not here") }
            result = .success(try answer(request))
            after = request
        } catch {
            result = .failure(error)
        }
        let action = session.actionOfOpenCall(call.id)
        if let frame = session.answer(call.id, with: result, at: now) { send(frame, action) }
        if let trigger = after as? TriggerMessageRequest { Task { try await self.triggered(trigger) } }
    }

    private func triggered(_ request: TriggerMessageRequest) async throws {
        switch request.requestedMessage {
        case .bootNotification: try await boot()
        case .statusNotification: try await status(request.connectorId ?? 0, .available)
        case .heartbeat: _ = try await call(HeartbeatRequest())
        default: break
        }
    }

    private func answer(_ request: any Request) throws(CallError) -> JSONObject {
        switch request {
        case let request as GetConfigurationRequest:
            let names = request.key ?? keys.keys.sorted()
            return GetConfigurationResponse(
                configurationKey: names.compactMap { name in
                    keys[name].map {
                        KeyValue(key: name, readonly: manners.readOnly.contains(name), value: $0)
                    }
                }, unknownKey: names.filter { keys[$0] == nil }
            ).json
        case let request as ChangeConfigurationRequest: return ChangeConfigurationResponse(status: change(request)).json
        case let request as SetChargingProfileRequest: return SetChargingProfileResponse(status: set(request)).json
        case let request as ClearChargingProfileRequest:
            return ClearChargingProfileResponse(status: profiles.clear(request)).json
        case let request as GetCompositeScheduleRequest: return composite(request).json
        case is TriggerMessageRequest: return TriggerMessageResponse(status: .accepted).json
        case let request as RemoteStopTransactionRequest:
            let isKnown = running.values.contains(request.transactionId)
            return RemoteStopTransactionResponse(status: isKnown ? .accepted : .rejected).json
        case is RemoteStartTransactionRequest: return RemoteStartTransactionResponse(status: .accepted).json
        case is ResetRequest: return ResetResponse(status: .accepted).json
        case is UnlockConnectorRequest: return UnlockConnectorResponse(status: .unlocked).json
        case is ChangeAvailabilityRequest: return ChangeAvailabilityResponse(status: .scheduled).json
        default: throw CallError(.notSupported)
        }
    }

    private func change(_ request: ChangeConfigurationRequest) -> ConfigurationStatus {
        guard keys[request.key] != nil else { return .notSupported }
        guard !manners.readOnly.contains(request.key) else { return .rejected }
        if request.key == "MeterValuesSampledData",
            request.value.split(separator: ",").count > manners.mostMeasurands
        {
            return .rejected
        }
        keys[request.key] = request.value
        return .accepted
    }

    private func set(_ request: SetChargingProfileRequest) -> ChargingProfileStatus {
        let profile = request.csChargingProfiles
        let periods = profile.chargingSchedule.chargingSchedulePeriod
        guard manners.takesZero || periods.allSatisfy({ $0.limit > 0 }) else { return .rejected }
        if manners.ignoresProfiles { return .accepted }
        do {
            try profiles.set(profile, connector: request.connectorId, site: site, at: CentralSystem.wallTime)
            return .accepted
        } catch {
            return .rejected
        }
    }

    private func composite(_ request: GetCompositeScheduleRequest) -> GetCompositeScheduleResponse {
        var counted = profiles
        if running[request.connectorId] == nil, !manners.showsIdle { counted = ChargingProfiles() }
        var answer = counted.answer(request, site: site, at: CentralSystem.wallTime)
        if !manners.keepsSchedules, let first = answer.chargingSchedule?.chargingSchedulePeriod.first {
            answer.chargingSchedule?.chargingSchedulePeriod = [first]
        }
        return answer
    }
}
