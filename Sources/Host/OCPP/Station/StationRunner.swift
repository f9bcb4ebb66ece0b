import DriverAPI
import OCPP
import Storage
import Synchronization

/// Runs a station: tells it what happens, in one order, and does what it wants done.
///
/// One input is taken at a time, and its effects are carried out before the next one: what is to be stored is on the disk
/// before anything that follows from it is done. Nothing here decides.
actor StationRunner {
    let setup: StationSetup
    let store: StationStore
    let queue: TransactionQueue
    /// nil on a site without a backend: its queue is answered here.
    let link: BackendLink?
    let orders: StationOrders
    /// nil where there are no slaves.
    let slaves: SlaveCalls?
    let clock: any SiteClock
    let log: HostLog
    let alarm: @Sendable (String) async -> Void
    /// Reads a point of a device now; the board shows the result.
    let readNow: @Sendable (_ device: String, _ point: String) async -> Void
    /// Unlocks the socket of a box; whether it is unlocked.
    let unlockBox: @Sendable (_ device: String) async -> Bool
    private let isClockSet: Bool
    private let states: AsyncStream<[DeviceState]>
    private nonisolated let feed: AsyncStream<[DeviceState]>.Continuation

    private(set) var station: Station
    private var inputs: [StationInput] = []
    private var isWorking = false
    private var timer: (fires: Duration, task: Task<Void, Never>)?
    var readers = BoxReader()
    /// The boxes that may be drawing, by connector.
    var drawing: Set<Int> = []
    /// The connectors whose wiring was said to be in doubt.
    var doubted: [Int: PhaseRotation] = [:]
    var refresh = MeterRefresh()
    private var tasks: [Task<Void, Never>] = []
    private var isStopped = false
    private var isCertified = false
    /// Who waits for the station's word on a tag, by the number of the question.
    var queries: [Int: CheckedContinuation<IdTagInfo, Never>] = [:]
    private var lastQuery = 0
    var saidOfBackend: String?
    /// Since when the connection stands or is gone; nil before the first one.
    var linkSince: (time: WallTime, isUp: Bool)?
    /// Carries out what the backend asks for of files; nil where nothing can be.
    private(set) var transfers: StationTransfers?
    /// Does what the backend asks for of certificates; nil on a site without a backend.
    private(set) var certificates: CertificateDesk?
    /// Answers a master who this host is, and the name it has there.
    private(set) var identity: (witness: HostWitness?, name: String)?

    /// A station with what it remembers; it begins with ``start()``.
    init(
        _ setup: StationSetup, memory: StationMemory, store: StationStore, queue: TransactionQueue, link: BackendLink?,
        orders: StationOrders, slaves: SlaveCalls? = nil, clock: any SiteClock, isClockSet: Bool, log: HostLog,
        alarm: @escaping @Sendable (String) async -> Void = { _ in },
        readNow: @escaping @Sendable (_ device: String, _ point: String) async -> Void = { _, _ in },
        unlockBox: @escaping @Sendable (_ device: String) async -> Bool = { _ in false }
    ) {
        self.unlockBox = unlockBox
        self.setup = setup
        self.store = store
        self.queue = queue
        self.link = link
        self.orders = orders
        self.slaves = slaves
        self.clock = clock
        self.isClockSet = isClockSet
        self.log = log
        self.alarm = alarm
        self.readNow = readNow
        station = Station(
            setup.configuration, memory: memory,
            at: StationTime(
                elapsed: .nanoseconds(clock.now.nanoseconds), wall: Timestamp(WallTime.now()), isSet: isClockSet))
        (states, feed) = AsyncStream.makeStream(of: [DeviceState].self, bufferingPolicy: .bufferingNewest(1))
    }

    /// The station's time.
    var timestamp: Timestamp { station.timestamp(at: now) }

    /// Whether anybody knows what time it is.
    var isTimeCertain: Bool { station.isTimeCertain(at: now) }

    private var now: StationTime {
        StationTime(
            elapsed: .nanoseconds(clock.now.nanoseconds), wall: Timestamp(WallTime.now()), isSet: isClockSet)
    }

    /// Begins: when it returns, what every box may do is known.
    func start() async {
        // Who charges already goes on until the station has decided, everybody else waits for it.
        var first = StationOrders.Orders()
        for box in setup.devices.values { first.boxes[box] = orders.all.boxes[box] ?? 0 }
        orders.replace(first)
        await applyKeys()
        await applyRotations()
        inputs.append(.tick)
        await work()
        tasks.append(
            Task { [weak self, states] in
                for await states in states { await self?.read(states) }
            })
        if let link {
            tasks.append(Task { await link.run() })
            tasks.append(
                Task { [weak self] in
                    for await event in link.events { await self?.heard(event) }
                })
        } else {
            tasks.append(Task { [weak self] in await self?.settleHere() })
        }
    }

    /// Ends; what it has begun is stored.
    func stop() async {
        feed.finish()
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        tasks = []
        isStopped = true
        await transfers?.stop()
        timer?.task.cancel()
        while isWorking { try? await Task.sleep(for: .milliseconds(5)) }
        for waiting in queries.values { waiting.resume(returning: IdTagInfo(status: .invalid)) }
        queries = [:]
    }

    /// The devices as they are now, once a tick; returns at once.
    nonisolated func note(_ states: [DeviceState]) { feed.yield(states) }

    /// Fetches and puts files from now on.
    func use(_ transfers: StationTransfers) { self.transfers = transfers }

    /// Installs and makes certificates from now on.
    func use(_ certificates: CertificateDesk) { self.certificates = certificates }

    /// From now on a master is told by this who the host is; `name` is its ChargePointID there.
    func use(_ witness: HostWitness?, name: String) { identity = (witness, name) }

    private var configuration: StationConfiguration {
        var configuration = setup.configuration
        if isCertified { configuration.securityProfiles.insert(SecurityProfile.certificates.rawValue) }
        return configuration
    }

    /// There is a certificate of this host now, so the third security profile can be chosen.
    func certified() {
        isCertified = true
        take(.reconfigured(configuration))
    }

    /// Tells the station that something has happened.
    func take(_ input: StationInput) {
        inputs.append(input)
        guard !isWorking, !isStopped else { return }
        isWorking = true
        Task { await work() }
    }

    /// The queue has something to send.
    func sendQueue() async {
        if let link { await link.wake() } else { await settleHere() }
    }

    /// Whether a tag may charge, by list, cache and backend.
    func authorise(_ idTag: String, connector: Int) async -> IdTagInfo {
        lastQuery += 1
        let query = lastQuery
        return await withCheckedContinuation { waiting in
            if isStopped { return waiting.resume(returning: IdTagInfo(status: .invalid)) }
            queries[query] = waiting
            take(.authorise(query: query, connector: connector, idTag: idTag))
        }
    }

    private func work() async {
        isWorking = true
        while !inputs.isEmpty {
            let input = inputs.removeFirst()
            for effect in station.handle(input, at: now) { await perform(effect) }
        }
        isWorking = false
        arm()
    }

    /// Wakes the station up when it wants to be.
    private func arm() {
        guard !isStopped, let deadline = station.nextDeadline else { return }
        if let timer, timer.fires <= deadline { return }
        timer?.task.cancel()
        let time = MonotonicTime(nanoseconds: deadline.wholeNanoseconds)
        let task = Task { [weak self, clock] in
            // A deadline that has passed and is named again must not become a busy loop.
            let earliest = clock.now.advanced(by: .milliseconds(20))
            do { try await clock.sleep(until: max(time, earliest), tolerance: nil) } catch { return }
            await self?.wakeUp()
        }
        timer = (deadline, task)
    }

    private func wakeUp() {
        timer = nil
        take(.tick)
    }

    /// The station begins anew, with what is stored; what the one before it had asked for means nothing to it.
    func restart(_ cause: StationMemory.Cause) async {
        do throws(StorageError) {
            var memory = try await store.load()
            memory.cause = cause
            for (key, value) in station.keys.values where memory.keys[key] == nil { memory.keys[key] = value }
            station = Station(configuration, memory: memory, at: now)
            inputs.removeAll(where: \.isAnswer)
            inputs.append(.tick)
            await link?.reconnect()
        } catch {
            log.write(.error, "the station does not start anew, for what it remembers cannot be read: \(error)")
        }
    }
}

extension StationInput {
    /// Whether it ends something that a station has begun.
    fileprivate var isAnswer: Bool {
        switch self {
        case .outcome, .appended, .appendFailed, .slaveOutcome, .unlocked, .hostAnswer, .request: true
        default: false
        }
    }
}
