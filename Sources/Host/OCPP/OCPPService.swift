import DriverAPI
import Foundation
import LoadManagement
import Network
import OCPP
import Storage
import Synchronization

/// The host's OCPP: its station with the connection to the backend.
actor OCPPService {
    private let storage: SiteStorage
    private let clock: any SiteClock
    private let log: HostLog
    private let orders: StationOrders
    private let alarm: @Sendable (String) async -> Void
    private let readNow: @Sendable (_ device: String, _ point: String) async -> Void
    private nonisolated let present = Mutex<StationRunner?>(nil)
    private var running: Running?

    /// What runs now, and what it was made for.
    private struct Running {
        var plan: Plan
        var runner: StationRunner
        var loop: NetworkLoop
    }

    private struct Plan: Equatable {
        var backend: SiteBackend?
        var connectors: [StationConnector]
        var boxes: [Int: String]
        var file: String
    }

    /// Nothing runs yet. What boxes may do goes to `orders`.
    init(
        storage: SiteStorage, orders: StationOrders, clock: any SiteClock, log: HostLog,
        alarm: @escaping @Sendable (String) async -> Void,
        readNow: @escaping @Sendable (_ device: String, _ point: String) async -> Void
    ) {
        self.storage = storage
        self.orders = orders
        self.clock = clock
        self.log = log
        self.alarm = alarm
        self.readNow = readNow
    }

    /// The station that runs; nil on a site without one.
    nonisolated var runner: StationRunner? { present.withLock { $0 } }

    /// The devices as they are now, once a tick; returns at once.
    nonisolated func note(_ states: [DeviceState]) { runner?.note(states) }

    /// Goes on as a site file says; what stays as it is keeps its connection. `boxes` are the site's boxes, `metered`
    /// those of them that count energy. What cannot be had is an alarm.
    func takeOver(_ site: Site, boxes: Set<String>, metered: Set<String>, forecasts: [String: BoxSetup]) async {
        guard let backend = site.ocpp.backend else {
            await stop()
            orders.replace(StationOrders.Orders())
            return
        }
        do {
            let given = try await ConnectorNumbers.give(site, boxes: boxes, storage: storage)
            for problem in given.problems { await complain("ocpp: \(problem)") }
            let setup = StationSetup(site, given, forecasts: forecasts, metered: metered)
            let plan = Plan(
                backend: backend, connectors: setup.configuration.connectors, boxes: setup.boxes, file: site.file)
            if running?.plan == plan { return }
            await stop()
            try await start(site, backend, setup, plan)
        } catch {
            // Nobody may charge unseen on a site that bills: what the station has not allowed stays off.
            orders.replace(StationOrders.Orders(boxes: Dictionary(boxes.map { ($0, 0) }) { first, _ in first }))
            await complain("ocpp: nobody can charge, for the station does not start: \(error)")
        }
    }

    /// Ends the connection; what was to be sent stays in its queue.
    func stop() async {
        present.withLock { $0 = nil }
        guard let running else { return }
        self.running = nil
        await running.runner.stop()
        await running.loop.stop()
    }

    private func start(_ site: Site, _ backend: SiteBackend, _ setup: StationSetup, _ plan: Plan) async throws {
        let log = log
        let loop = NetworkLoop { entry in log.write(entry.level == .error ? .error : .warning, "ocpp: \(entry.text)") }
        try loop.start()
        let queue = try await storage.transactionQueue(
            for: Backend(url: backend.url, chargePoint: backend.id), limits: QueueLimits(messages: backend.queueLimit))
        let folder = URL(fileURLWithPath: site.file).deletingLastPathComponent().path
        let account = BackendAccount(backend: backend, folder: folder, storage: storage)
        let link = BackendLink(queue: queue, loop: loop, clock: clock, log: log) {
            () async throws(BackendUnusable) in try await account.access()
        }
        let store = StationStore(storage: storage)
        var memory = try await store.load()
        let stored = memory.keys["SecurityProfile"].flatMap(Int.init) ?? 0
        memory.keys["SecurityProfile"] = String(max(stored, backend.securityProfile.rawValue))
        let runner = StationRunner(
            setup, memory: memory, store: store, queue: queue, link: link, orders: orders, clock: clock,
            isClockSet: (try? await storage.clockState()) == .plausible, log: log, alarm: alarm,
            readNow: readNow)
        await runner.start()
        running = Running(plan: plan, runner: runner, loop: loop)
        present.withLock { $0 = runner }
    }

    private func complain(_ text: String) async {
        log.write(.error, text)
        await alarm(text)
    }
}
