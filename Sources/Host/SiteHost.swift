import DriverAPI
import Foundation
import LoadManagement
import Modbus
import Storage

/// The running host of one site: its devices, its control loop, its data folder and its control socket.
public actor SiteHost {
    /// The site it runs.
    public private(set) var site: Site
    private let folder: DataFolder
    private let storage: SiteStorage
    private let clock: any SiteClock
    private let library: ProfileLibrary
    private let log: HostLog
    private let board = DeviceBoard()
    private let control: ControlLoop
    private let started: MonotonicTime
    private var loop: Task<Void, Never>?
    private var wall: Task<Void, Never>?
    private var socket: ControlSocket?

    /// Opens the data folder and the stored values; nothing is sent to a device before ``start()``.
    ///
    /// Throws ``DataFolderError``, ``StorageError`` or ``CircuitError``.
    public init(
        _ site: Site, data: String, library: ProfileLibrary, clock: any SiteClock = SystemClock(),
        log: HostLog = HostLog()
    ) async throws {
        self.site = site
        self.clock = clock
        self.library = library
        self.log = log
        folder = try DataFolder(data)
        storage = try await SiteStorage(path: folder.database)
        started = clock.now
        let told = StoredBookings(storage)
        var memory = Memory(bookings: try await told.load())
        memory.restart(at: clock.now.nanoseconds)
        control = try ControlLoop(
            site, board: board, clock: clock, told: told, memory: memory,
            forecasts: BoxForecast.setups(SiteProfiles(site, library: library)))
    }

    /// Opens the devices, begins to tick and to answer on the control socket.
    ///
    /// A device that cannot be opened is shown with the reason; it stops nobody. Throws ``ControlSocketError``.
    public func start() async throws {
        try DescriptorReserve.shared.prepare(lines: site.devices.count { Self.needsLowDescriptor($0.address) })
        let opener = DeviceOpener(library: library, site: site)
        for entry in site.devices where entry.enabled { await open(entry, opener) }
        socket = try ControlSocket(folder.socket) { [weak self] request in
            await self?.answer(request) ?? .problem(409, "stopping", "the host is stopping")
        }
        let control = control
        loop = Task { await control.run() }
        let wallClock = WallClockRecord(storage, clock: clock)
        if let problem = await wallClock.problem() { await control.addAlarm(problem) }
        wall = Task { await wallClock.run() }
    }

    /// Ends ticking and closes the devices; the boxes do what their profiles say.
    public func stop(_ policy: LeavePolicy = .asConfigured) async {
        loop?.cancel()
        wall?.cancel()
        await loop?.value
        await wall?.value
        socket?.stop()
        await board.closeAll(policy)
        await storage.close()
    }

    /// Everything the site shows now; nil before the first tick.
    public func status() async -> SiteStatus? {
        guard let outcome = await control.outcome() else { return nil }
        return StatusBuilder(site: site, started: started).status(
            outcome, alarms: await control.alarmTexts(), now: clock.now)
    }

    /// Serial lines and RTU over TCP go through libmodbus, which waits with `select()`.
    private static func needsLowDescriptor(_ address: String) -> Bool {
        address.contains(",") || address.hasPrefix("/") || address.hasPrefix("rtu+tcp://")
    }

    private func open(_ entry: SiteDevice, _ opener: DeviceOpener) async {
        var state = DeviceState(
            entry: entry, title: opener.title(of: entry.profile), deviceClass: opener.deviceClass(of: entry.profile))
        let context = DriverContext(
            clock: clock, store: StoredDriverValues(storage, device: entry.id),
            log: { [log] level, text in log.write(level, "\(entry.id): \(text)") })
        do throws(DriverError) {
            let device = try await opener.open(entry.configuration, context: context)
            await board.add(state, device: device)
        } catch {
            state.failure = error.description
            log.write(.error, "\(entry.id): \(error)")
            await board.add(state, device: nil)
        }
    }

    private func answer(_ request: ControlRequest) async -> ControlResponse {
        await HostRoutes(host: self, board: board, library: library, site: site).answer(request)
    }
}

extension SiteDevice {
    /// What the driver is told.
    var configuration: DeviceConfiguration {
        DeviceConfiguration(id: id, profile: profile, address: address, unit: unit, options: options)
    }
}
