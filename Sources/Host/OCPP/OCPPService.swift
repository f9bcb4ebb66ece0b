import DriverAPI
import Licensing
import LoadManagement
import Network
import OCPP
import OCPPSlave
import Storage
import Synchronization

/// The host's OCPP: its station with the connection to the backend, and the central system for its slaves.
actor OCPPService {
    let storage: SiteStorage
    private let clock: any SiteClock
    let log: HostLog
    private let orders: StationOrders
    private let alarm: @Sendable (String) async -> Void
    private let readNow: @Sendable (_ device: String, _ point: String) async -> Void
    private let unlockBox: @Sendable (_ device: String) async -> Bool
    private let desk: SlaveDesk
    /// Answers the master above who this host is.
    private let witness: HostWitness?
    let hub: SlaveHub
    private nonisolated let present = Mutex<StationRunner?>(nil)
    private var loop: NetworkLoop?
    private var running: (plan: Plan, runner: StationRunner)?
    private var listening: SiteSlaves?
    /// What the queues held when they were last looked up.
    private var queueSeen: (at: MonotonicTime, queue: OCPPStatus.Queue)?

    /// What a station was made for.
    private struct Plan: Equatable {
        var backend: SiteBackend
        var connectors: [StationConnector]
        var devices: [Int: String]
        var file: String
        var firmware: SiteFirmware?
    }

    /// Opens the devices of slaves; they wait for theirs by themselves.
    nonisolated let driver: OCPPSlaveDriver

    /// Nothing runs yet. What boxes may do goes to `orders`; `readNow` reads a point of a device out of turn,
    /// `unlockBox` unlocks the socket of a box and says whether it is. By `vendorKeys` slaves prove to be Power Brains, by
    /// `witness` this host does.
    init(
        storage: SiteStorage, orders: StationOrders, clock: any SiteClock, log: HostLog,
        alarm: @escaping @Sendable (String) async -> Void,
        readNow: @escaping @Sendable (_ device: String, _ point: String) async -> Void,
        unlockBox: @escaping @Sendable (_ device: String) async -> Bool = { _ in false },
        vendorKeys: VendorKeys? = nil, witness: HostWitness? = nil
    ) {
        self.witness = witness
        self.unlockBox = unlockBox
        self.storage = storage
        self.orders = orders
        self.clock = clock
        self.log = log
        self.alarm = alarm
        self.readNow = readNow
        desk = SlaveDesk(
            storage: storage, log: log, examiner: vendorKeys.map { HostExaminer(keys: $0, log: log) }, alarm: alarm)
        hub = SlaveHub(uplink: desk, clock: clock, wallTime: { Timestamp(WallTime.now()) }) { level, text in
            log.write(level, "slaves: \(text)")
        }
        driver = OCPPSlaveDriver(hub: hub)
    }

    /// The station that runs; nil on a site without one.
    nonisolated var runner: StationRunner? { present.withLock { $0 } }

    /// Where slaves connect, with the real ports where 0 was asked for.
    nonisolated var slaveAddresses: [ListenAddress] { hub.addresses }

    /// The devices as they are now, once a tick; returns at once.
    nonisolated func note(_ states: [DeviceState]) { runner?.note(states) }

    /// Goes on as a site file says; what stays as it is keeps its connections. `boxes` are the site's boxes, `metered`
    /// those of them that count energy, `unlocking` those whose sockets can be unlocked. What cannot be had is an alarm.
    func takeOver(
        _ site: Site, boxes: Set<String>, metered: Set<String>, unlocking: Set<String> = [],
        forecasts: [String: BoxSetup]
    ) async {
        guard site.ocpp != SiteOCPP() else {
            await stopStation()
            await listen(nil, site)
            return orders.replace(StationOrders.Orders())
        }
        do {
            let given = try await ConnectorNumbers.give(site, boxes: boxes, storage: storage)
            for problem in given.problems { await complain("ocpp: \(problem)") }
            let setup = StationSetup(
                site, given, forecasts: forecasts, metered: metered, unlocking: unlocking,
                isCertified: CertificateFolder(storage).identity != nil)
            try await startStation(site, setup)
            await desk.replace(try await context(site, setup))
        } catch {
            // Nobody may charge unseen on a site that bills: what the station has not allowed stays off.
            if site.ocpp.backend != nil {
                orders.replace(StationOrders.Orders(boxes: Dictionary(boxes.map { ($0, 0) }) { first, _ in first }))
            }
            await complain("ocpp: the station does not start, and nobody is let charge: \(error)")
        }
        let hub = hub
        await desk.ask { request, slave in await hub.ask(request, slave) }
        await listen(site.ocpp.slaves, site)
    }

    /// What the hosts of slaves that are connected have proven, by device.
    func hostStandings() async -> [String: HostStanding] { await desk.standings }

    /// What OCPP shows now; nil on a site without it.
    ///
    /// The queues are looked up at most once a second, however many ask.
    func status() async -> OCPPStatus? {
        guard running != nil || listening != nil else { return nil }
        if queueSeen.map({ $0.at.duration(to: clock.now) >= .seconds(1) }) ?? true {
            let at = clock.now
            if let queues = try? await storage.queues() { queueSeen = (at, OCPPStatus.Queue(queues)) }
        }
        var status = OCPPStatus(queue: queueSeen?.queue ?? OCPPStatus.Queue())
        if let running {
            status.backend = await running.runner.status(of: running.plan.backend)
            status.connectors = await running.runner.connectors
        }
        return status
    }

    /// Ends all connections; what was to be sent stays in its queue.
    func stop() async {
        await stopStation()
        await hub.stop()
        await loop?.stop()
        loop = nil
    }

    private func stopStation() async {
        present.withLock { $0 = nil }
        await running?.runner.stop()
        running = nil
    }

    private func startStation(_ site: Site, _ setup: StationSetup) async throws {
        guard let backend = site.ocpp.backend else {
            await stopStation()
            return orders.replace(StationOrders.Orders())
        }
        let plan = Plan(
            backend: backend, connectors: setup.configuration.connectors, devices: setup.devices, file: site.file,
            firmware: site.ocpp.firmware)
        if running?.plan == plan { return }
        await stopStation()
        let certificates = CertificateFolder(storage)
        let account = BackendAccount(
            backend: backend, folder: SiteFolder(site), storage: storage, certificates: certificates)
        let queue = try await queue(backend)
        let link = BackendLink(queue: queue, loop: try openLoop(), clock: clock, log: log) {
            () async throws(BackendUnusable) in try await account.access()
        }
        let store = StationStore(storage: storage)
        var memory = try await store.load()
        let stored = memory.keys["SecurityProfile"].flatMap(Int.init) ?? 0
        memory.keys["SecurityProfile"] = String(max(stored, backend.securityProfile.rawValue))
        ConnectorRotations.fill(&memory.keys, setup.rotations)
        memory.keys["SupportedFileTransferProtocols"] = StationTransfers.protocols.joined(separator: ",")
        let runner = StationRunner(
            setup, memory: memory, store: store, queue: queue, link: link, orders: orders,
            slaves: SlaveCalls(hub: hub, places: setup.slaves), clock: clock,
            isClockSet: (try? await storage.clockState()) == .plausible, log: log, alarm: alarm, readNow: readNow,
            unlockBox: unlockBox)
        await runner.use(witness, name: backend.id)
        await runner.use(CertificateDesk(folder: certificates, name: backend.id))
        let transfers = StationTransfers(
            site, storage: storage, log: log, tell: { [weak runner] input in await runner?.take(input) })
        await runner.use(transfers)
        await runner.start()
        await transfers.resume()
        running = (plan, runner)
        present.withLock { $0 = runner }
    }

    /// The queue of a backend; a site without one has a queue of its own for the transactions of its slaves.
    private func queue(_ backend: SiteBackend?) async throws -> TransactionQueue {
        try await storage.transactionQueue(
            for: Backend(url: backend?.url ?? "", chargePoint: backend?.id ?? ""),
            limits: QueueLimits(messages: backend?.queueLimit ?? SiteBackend.defaultQueueLimit))
    }

    private func context(_ site: Site, _ setup: StationSetup) async throws -> SlaveDesk.Context {
        var context = SlaveDesk.Context(queue: try await queue(site.ocpp.backend), runner: runner)
        for (number, place) in setup.slaves {
            context.places[place] = SlaveDesk.Place(number: number, device: setup.device(of: number))
        }
        return context
    }

    private func openLoop() throws -> NetworkLoop {
        if let loop { return loop }
        let log = log
        let fresh = NetworkLoop { entry in
            log.write(entry.level == .error ? .error : .warning, "ocpp: \(entry.text)")
        }
        try fresh.start()
        loop = fresh
        return fresh
    }

    private func listen(_ slaves: SiteSlaves?, _ site: Site) async {
        guard slaves != listening else { return }
        await hub.stopListening()
        listening = nil
        guard let slaves else { return }
        hub.settings = CentralSettings(
            securityProfile: slaves.securityProfile.rawValue, isPairingOpen: slaves.pairing == .open)
        do {
            let places = SlaveListeners(json: slaves.json, binary: slaves.binary, tls: try tls(slaves, site))
            try await hub.listen(places, on: try openLoop())
            listening = slaves
            for address in hub.addresses { log.write(.info, "slaves connect at \(address)") }
        } catch {
            await complain("ocpp.slaves: \(error)")
        }
    }

    private func tls(_ slaves: SiteSlaves, _ site: Site) throws -> TLSServer? {
        guard slaves.securityProfile.isSecure, let identity = slaves.identity else { return nil }
        let files = SiteFolder(site)
        return try TLSServer(
            TLSServerOptions(
                identity: TLSIdentity(
                    certificates: try files.bytes(identity.certificate), key: try files.bytes(identity.key)),
                clientAuthorities: slaves.securityProfile == .certificates
                    ? try slaves.authorities.map { path in try files.bytes(path) } : nil))
    }

    private func complain(_ text: String) async {
        log.write(.error, text)
        await alarm(text)
    }
}

extension SlaveHub {
    /// A question to a slave, and what came of it.
    fileprivate func ask(
        _ request: DataTransferRequest, _ slave: ChargePointID
    ) async -> Result<DataTransferResponse, SlaveCallError> {
        do throws(SlaveCallError) {
            return .success(try await call(request, of: slave))
        } catch {
            return .failure(error)
        }
    }
}
