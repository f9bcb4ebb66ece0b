import DriverAPI
import DriverPrograms
import Foundation
import LoadManagement
import Modbus
import Storage

/// The running host of one site: its devices, its control loop, its data folder and its control socket.
public actor SiteHost {
    /// The site it runs.
    public internal(set) var site: Site
    let folder: DataFolder
    let storage: SiteStorage
    let clock: any SiteClock
    let log: HostLog
    let board = DeviceBoard()
    let control: ControlLoop
    /// The power of the last hour.
    public nonisolated let history = PowerHistory()
    /// What open pages are told.
    public nonisolated let events: EventStream
    nonisolated let ticks: TickRecord
    private let recorder: FlightRecorder?
    let started: MonotonicTime
    let buses = BusPool()
    let driver: (any Driver)?
    /// The drivers that are programs.
    nonisolated let drivers: RunningDrivers
    var library: ProfileLibrary
    /// The profile files as the devices run them, by device.
    var versions: [String: Data] = [:]
    /// The devices as they were opened.
    var running: [String: DeviceConfiguration] = [:]
    /// Devices that will be opened as the site file says, but are not yet.
    var opening: Set<String> = []
    /// Devices that are opened under a name as soon as the box that has it now has stopped.
    var successors: [String: SiteDevice] = [:]
    /// What is being done about each device, one thing after the other.
    var work: [String: Task<Void, Never>] = [:]
    var reloading: Task<Void, Never>?
    let modbus: ModbusService
    let ocpp: OCPPService
    let follower: StationFollower
    private let sessions: SessionRecorder
    /// Which boxes may be controlled; nil where no licence is asked for.
    let licences: LicenceKeeper?
    /// Asks chargehosts that show boxes by Modbus who they are; nil where no licence is asked for.
    let examiner: ModbusExaminer?
    /// What profiles may do; nil where no trust is asked for.
    let trust: TrustKeeper?
    nonisolated let gate: TrustGate
    var trustWarnings: [String] = []
    let proxies: ProxyService
    var isStopping = false
    var served: Served?
    private var tasks: [Task<Void, Never>] = []
    private var socket: ControlSocket?

    /// Opens the data folder and the stored values; nothing is sent to a device before ``start(every:)``.
    ///
    /// Without `licensing` every box may be controlled, without `trusting` by any profile. A `driver` opens all devices in place of the one for profiles; with `recording` every tick is kept in the data
    /// folder. Driver programs are given the times of `programs`. Throws ``DataFolderError``, ``StorageError`` or
    /// ``CircuitError``.
    public init(
        _ site: Site, data: String, library: ProfileLibrary, clock: any SiteClock = SystemClock(),
        log: HostLog = HostLog(), driver: (any Driver)? = nil, recording: RecordingLimits? = nil,
        licensing: LicenceRules? = nil, trusting: TrustRules? = nil, programs: DriverTiming = DriverTiming()
    ) async throws {
        self.site = site
        self.clock = clock
        self.library = library
        self.log = log
        self.driver = driver
        folder = try DataFolder(data)
        storage = try await SiteStorage(path: folder.database)
        drivers = RunningDrivers(
            DriverRoster(site), temporary: folder.driverFiles, hidden: folder.path, timing: programs, log: log)
        licences =
            if let licensing { await LicenceKeeper(licensing, data: data, storage: storage, log: log) } else { nil }
        examiner = licensing.map { ModbusExaminer(keys: $0.keys, clock: clock, log: log) }
        gate = TrustGate(isAsked: trusting != nil)
        trust = if let trusting { await TrustKeeper(trusting, data: data, storage: storage, log: log) } else { nil }
        started = clock.now
        ticks = TickRecord(clock.now)
        events = EventStream(clock: clock, history: history)
        let told = StoredBookings(storage)
        let hand = StoredHandSettings(storage, log: log)
        recorder =
            if let recording { try await FlightRecorder(folder.recordings, limits: recording) } else { nil }
        let orders = MasterOrders()
        let stations = StationOrders()
        control = try ControlLoop(
            site, board: board, clock: clock, told: told, stored: try await told.load(),
            forecasts: BoxForecast.setups(SiteProfiles(site, library: library)),
            chains: SiteCheck(site, library: library).chains(), hand: await hand.load(),
            masters: orders, stations: stations, keep: { await hand.store($0) }, recorder: recorder)
        modbus = ModbusService(
            site, board: board, control: control, orders: orders, stations: stations, storage: storage, clock: clock,
            log: log, witness: HostWitness(data: data))
        follower = StationFollower(
            board: board, control: control, clock: clock, stations: stations, masters: orders)
        sessions = SessionRecorder(storage: storage, clock: clock, log: log) { [board] device, point in
            _ = try? await board.device(device)?.read([point])
        }
        ocpp = OCPPService(
            storage: storage, orders: stations, clock: clock, log: log,
            alarm: { [control] in await control.addAlarm($0) },
            readNow: { [board] device, point in _ = try? await board.device(device)?.read([point]) },
            unlockBox: { [board] device in await board.unlock(device) }, vendorKeys: licensing?.keys,
            witness: HostWitness(data: data))
        proxies = ProxyService(buses: buses, clock: clock, log: log) { [control] in await control.addAlarm($0) }
    }

    /// Opens the devices, begins to tick and to answer on the control socket.
    ///
    /// A device that cannot be opened is shown with the reason; it stops nobody. Throws ``ControlSocketError`` or
    /// `DescriptorShortage`.
    public func start(every tick: Duration = .seconds(1)) async throws {
        try reserveLines(site)
        for entry in site.devices {
            let isBooked = await control.booking(of: entry.id).isBooked
            await board.add(state(entry, opener), device: nil)
            if entry.enabled || isBooked { openSoon(entry.id) }
        }
        // Before the first tick: what a master ordered before the restart binds from the beginning.
        try await modbus.takeOver(site, classes: deviceClasses)
        await proxies.takeOver(site, places: places)
        await takeOverOCPP()
        await noteSiteFile()
        socket = try ControlSocket(folder.socket) { [weak self] request in
            await self?.answer(request) ?? .problem(409, "stopping", "the host is stopping")
        }
        await publish()
        let control = control
        if licences != nil {
            await admit()
            tasks.append(Task { [weak self] in await self?.keepAdmitting() })
        }
        if trust != nil {
            await judgeProfiles()
            tasks.append(Task { [weak self] in await self?.keepJudging() })
            tasks.append(Task { [weak self] in await self?.keepFetchingLists() })
        }
        tasks.append(Task { await control.run(every: tick) })
        tasks.append(
            Task { [sessions, ocpp] in
                await sessions.run { Set((ocpp.runner?.setup.devices ?? [:]).values) }
            })
        tasks.append(
            Task { [weak self] in
                for await box in control.releases { await self?.close(released: box) }
            })
        let wallClock = WallClockRecord(storage, clock: clock)
        if let problem = await wallClock.problem() { await control.addAlarm(problem) }
        tasks.append(Task { await wallClock.run() })
    }

    /// Ends ticking and closes the devices; the boxes do what their profiles say.
    ///
    /// What a profile tells its box on leaving is stored before, for the next host; where that fails, nothing is told.
    public func stop(_ policy: LeavePolicy = .asConfigured) async {
        isStopping = true
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        tasks = []
        socket?.stop()
        await stopServing()
        await modbus.stop()
        await proxies.stop()
        await ocpp.stop()
        var policy = policy
        if policy == .asConfigured, site.mode == .manage, site.shutdown != .leave {
            await lowerForLeaving()
            policy = site.shutdown == .stop ? .stop : .leave
        }
        if policy == .asConfigured {
            let opener = opener
            let limits = site.devices.filter { $0.driver == nil }.map { ($0.id, opener.leavingLimit(of: $0.profile)) }
            do {
                try await control.bookLeaving(
                    Dictionary(limits) { first, _ in first }.compactMapValues { $0 })
            } catch {
                log.write(.error, "nothing is told the boxes on leaving, for it cannot be stored: \(error)")
                policy = .leave
            }
        }
        await board.closeAll(policy)
        await drivers.stop()
        await recorder?.close()
        await storage.close()
        folder.release()
    }

    /// Everything the site shows now: the readings as they are, the decisions of the last tick; nil before the first.
    public func status() async -> SiteStatus? {
        guard let outcome = await control.outcome() else { return nil }
        var status = StatusBuilder(site: site, started: started).status(
            outcome, states: await board.all(), alarms: await control.alarmTexts(), now: clock.now)
        status.ocpp = await ocpp.status()
        status.licence = await licences?.status
        status.trust = await trust?.status(await board.all())
        return status
    }

    /// Of ``status()`` what a log follows every second: the boxes, and what the operator must know; nil before the first
    /// tick.
    public func situation() async -> (boxes: [SiteStatus.Box], alarms: [String])? {
        guard let outcome = await control.outcome() else { return nil }
        let boxes = StatusBuilder(site: site, started: started).boxes(
            outcome, states: await board.all(), now: clock.now)
        return (boxes, await control.alarmTexts())
    }

    /// The answer to one request of the interface.
    func answer(_ request: ControlRequest, access: Route.Access = .write) async -> ControlResponse {
        await HostRoutes(host: self, control: control, board: board, library: library, site: site).answer(
            request, access: access)
    }
}

extension SiteHost {
    /// Lets history and event stream follow the control loop and the devices.
    private func publish() async {
        await events.follow { [weak self] in await self?.status() }
        await control.observe { [history, events, ticks, ocpp, sessions, follower] outcome, now in
            follower.note(outcome.states)
            ticks.note(now)
            sessions.note(outcome.states)
            ocpp.note(outcome.states)
            history.take(PowerBalance(outcome.states), at: now)
            events.changed()
        }
        await board.onChange { [events] in events.changed() }
    }

    /// What opens the devices of the present site.
    var opener: DeviceOpener {
        DeviceOpener(library: library, site: site, buses: buses, driver: driver, slaves: ocpp.driver, programs: drivers)
    }

    /// The classes of the site's devices by their profiles.
    var deviceClasses: [String: DeviceClass] {
        let opener = opener
        return Dictionary(site.devices.map { ($0.id, opener.deviceClass(of: $0)) }) { first, _ in first }
    }

    /// Where the site's devices are on the wire.
    var places: [DevicePlace] {
        let opener = opener
        return site.devices.filter(\.enabled).compactMap { try? opener.place(of: $0.configuration) }
    }

    /// Serial lines and RTU over TCP go through libmodbus, which waits with `select()`.
    func reserveLines(_ site: Site) throws(DescriptorShortage) {
        let defaults = Address.Defaults(serial: LineParameters(baud: 9600), aliases: site.serial)
        let lines = (site.devices.filter { $0.driver == nil }.map(\.address) + site.proxies.map(\.target)).count {
            address in
            (try? Address(address, defaults: defaults).endpoint)?.isRTU ?? false
        }
        try DescriptorReserve.shared.prepare(lines: lines)
    }

    /// The state of a device that was not heard yet.
    func state(_ entry: SiteDevice, _ opener: DeviceOpener) -> DeviceState {
        DeviceState(
            entry: entry, title: opener.title(of: entry), deviceClass: opener.deviceClass(of: entry),
            profile: opener.id(of: entry))
    }
}

extension SiteDevice {
    /// What the driver is told.
    var configuration: DeviceConfiguration {
        DeviceConfiguration(id: id, profile: profile, driver: driver, address: address, unit: unit, options: options)
    }
}
