import DriverAPI
import OCPP

/// One slave for as long as the hub lives, connected or not: its transactions, its keys, and the devices on it.
actor Slave {
    nonisolated let id: ChargePointID
    nonisolated let hub: SlaveHub

    private(set) var link: SlaveLink?
    private(set) var boot: BootNotificationRequest?
    private(set) var abilities = SlaveAbilities()
    private(set) var statuses: [Int: StatusNotificationRequest] = [:]
    var transactions = SlaveTransactions()
    private(set) var engines: [Int: ConnectorEngine] = [:]
    private(set) var isConfigured = false
    private var isReady = false
    private var reason: String?
    private var setUp: Task<Void, Never>?
    private var heardStatus: Set<Int> = []
    private var hasCalled = false
    private var dropReason: String?

    init(_ id: ChargePointID, hub: SlaveHub) {
        self.id = id
        self.hub = hub
    }

    var uplink: any SlaveUplink { hub.uplink }

    var summary: SlaveSummary {
        SlaveSummary(
            id: id, transport: link?.wire.transport, peer: link?.wire.peer, boot: boot, abilities: abilities,
            status: statuses, transactions: transactions.open, reason: link == nil ? reason : nil)
    }

    /// Whether a transaction of this local id runs here.
    func runs(_ transaction: Int) -> Bool { transactions.open.values.contains(transaction) }

    /// The stack level of the orders for a connector that a device governs; nil for another.
    func orderLevel(of connector: Int) async -> Int? {
        // A profile on connector 0 counts for all of them.
        let engine = connector == 0 ? engines.values.first : engines[connector]
        return await engine?.orderLevel
    }

    /// Serves a connection until it ends. An older one of the same slave is closed: the newer wins.
    func serve(_ link: SlaveLink, _ known: KnownSlave) async {
        let old = self.link
        self.link = link
        setUp?.cancel()
        isConfigured = known.isConfigured
        isReady = false
        heardStatus = []
        hasCalled = false
        if let old {
            await lost("a newer connection took its place")
            await old.close("a newer connection of this charge point took the place of this one")
        }
        await uplink.happened(.connected(link.wire.transport, peer: link.wire.peer), at: id)
        transactions = SlaveTransactions(await uplink.openTransactions(of: id))
        await askForBoot(link)
        for await call in link.calls {
            // The first call of one that restarted is its boot (OCPP 1.6, 4.2); no boot comes of one that begins otherwise.
            if !hasCalled, self.link === link {
                hasCalled = true
                if call.action != Action.bootNotification.rawValue { await askForBoot(link, after: .zero) }
            }
            await answer(call, on: link)
            for engine in engines.values where isReady { await engine.heard() }
        }
        guard self.link === link else { return }
        setUp?.cancel()
        self.link = nil
        isReady = false
        await lost(dropReason ?? "its connection ended")
        dropReason = nil
    }

    /// Ends the connection because the slave answers nothing any more, or the hub stops.
    func drop(_ reason: String) async {
        guard let link else { return }
        dropReason = reason
        await link.close(reason)
    }

    /// Makes a call and reads its answer.
    func call<Asked: Request>(_ request: Asked) async throws(SlaveCallError) -> Asked.Response {
        guard let link else { throw .notConnected(reason ?? "it has not connected yet") }
        return try await Self.call(request, on: link)
    }

    private static func call<Asked: Request>(
        _ request: Asked, on link: SlaveLink
    ) async throws(SlaveCallError) -> Asked.Response {
        let outcome = await link.call(Asked.action, request.json)
        switch outcome {
        case .refused(let error): throw .refused(error)
        case .timedOut: throw .timedOut(Asked.action)
        case .closed: throw .notConnected("its connection ended before the answer")
        case .answered:
            guard let answer = outcome.response(to: Asked.self) else { throw .timedOut(Asked.action) }
            do throws(Violation) {
                return try answer.get()
            } catch {
                throw .broken(Asked.action, error)
            }
        }
    }

    private func lost(_ why: String) async {
        reason = why
        for engine in engines.values { await engine.vanished(why) }
        await uplink.happened(.vanished(reason: why), at: id)
    }
}

extension Slave {
    /// A device is opened on a connector.
    func register(_ engine: ConnectorEngine, on connector: Int) async {
        engines[connector] = engine
        if let link, isReady {
            await connect(engine, connector, link)
        } else if let link, !isConfigured, await uplink.known(id)?.isConfigured ?? false {
            isConfigured = true
            await askForBoot(link, after: .zero)
        }
    }

    /// The device of a connector is closed.
    func unregister(_ engine: ConnectorEngine, from connector: Int) {
        if engines[connector] === engine { engines[connector] = nil }
    }

    /// Sets the profiles of all devices anew, because somebody cleared them.
    func restoreProfiles() async { for engine in engines.values { await engine.renewSoon() } }

    /// It booted, and was answered.
    func booted(_ request: BootNotificationRequest, _ status: RegistrationStatus, on link: SlaveLink) {
        boot = request
        guard self.link === link else { return }
        let hasRestarted = isReady
        isReady = false
        setUp?.cancel()
        setUp = Task { [weak self] in
            if hasRestarted { await self?.restarted() }
            await self?.prepare(link, isAccepted: status == .accepted)
            await self?.preparationEnded()
        }
    }

    private func preparationEnded() { if !Task.isCancelled { setUp = nil } }

    /// It restarted without losing its connection; nobody knows what it kept of its profiles.
    private func restarted() async { for engine in engines.values { await engine.vanished("it restarted") } }

    /// Asks again whether it is configured, since the site may have changed.
    func refreshConfigured() async -> Bool {
        isConfigured = await uplink.known(id)?.isConfigured ?? false
        return isConfigured
    }

    func noted(_ status: StatusNotificationRequest) async {
        statuses[status.connectorId] = status
        heardStatus.insert(status.connectorId)
        await engines[status.connectorId]?.status(status)
    }

    /// A slave that did not restart need not boot (OCPP 1.6, 4.2), but says more of itself when asked to.
    private func askForBoot(_ link: SlaveLink, after patience: Duration? = nil) async {
        guard self.link === link else { return }
        let patience = patience ?? hub.settings.bootPatience
        setUp?.cancel()
        setUp = Task { [weak self, hub] in
            guard (try? await hub.clock.sleep(patience)) != nil else { return }
            let trigger = TriggerMessageRequest(requestedMessage: .bootNotification)
            let answer = try? await Slave.call(trigger, on: link)
            if answer?.status == .accepted {
                guard (try? await hub.clock.sleep(hub.settings.bootPatience)) != nil else { return }
            }
            guard !Task.isCancelled else { return }
            await self?.prepareUnbooted(link)
        }
    }

    private func prepareUnbooted(_ link: SlaveLink) async { await prepare(link, isAccepted: isConfigured) }

    /// Reads its keys, sets those the host needs, hands it to its devices, and asks for a first picture.
    private func prepare(_ link: SlaveLink, isAccepted: Bool) async {
        if let answer = try? await Self.call(GetConfigurationRequest(), on: link) {
            guard isCurrent(link) else { return }
            abilities = SlaveAbilities(answer.configurationKey ?? [])
        }
        guard isAccepted, isCurrent(link) else { return }
        let changes = SlaveProvisioning.changes(
            abilities, hub.settings, isWebSocket: link.wire.transport == .json)
        for change in changes {
            let answer = try? await Self.call(change, on: link)
            guard isCurrent(link) else { return }
            if answer?.status == .rejected {
                hub.log(.warning, "\(id) does not take \(change.value) for \(change.key)")
            }
        }
        var search = MeasurandSearch(hub.settings.measurands, abilities)
        while let change = search.next {
            let answer = try? await Self.call(change, on: link)
            guard isCurrent(link) else { return }
            search.answered(answer?.status == .accepted || answer?.status == .rebootRequired)
        }
        isReady = true
        for (connector, engine) in engines { await connect(engine, connector, link) }
        guard isCurrent(link) else { return }
        await uplink.happened(.ready(abilities), at: id)
        await askForPicture(link)
    }

    private func isCurrent(_ link: SlaveLink) -> Bool { self.link === link && !Task.isCancelled }

    private func connect(_ engine: ConnectorEngine, _ connector: Int, _ link: SlaveLink) async {
        await engine.connected(abilities, boot, transaction: transactions.open[connector])
        if let status = statuses[connector] { await engine.status(status) }
    }

    private func askForPicture(_ link: SlaveLink) async {
        guard abilities.has("RemoteTrigger") else { return }
        let connectors = Set(engines.keys).union(1...max(1, min(abilities.connectors ?? 1, 99)))
        for connector in connectors.sorted() {
            var wanted: [MessageTrigger] = heardStatus.contains(connector) ? [] : [.statusNotification]
            if engines[connector] != nil { wanted.append(.meterValues) }
            for message in wanted where isCurrent(link) {
                _ = try? await Self.call(
                    TriggerMessageRequest(requestedMessage: message, connectorId: connector), on: link)
            }
        }
    }
}
