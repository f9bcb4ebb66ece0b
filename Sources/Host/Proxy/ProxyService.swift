import DriverAPI
import Modbus

/// The proxies of a site: TCP ports behind which lines and other endpoints lie, on the same buses as the host's own
/// requests.
actor ProxyService {
    private struct Running {
        var listener: Listener
        var proxy: ModbusProxy
        var bus: Bus
    }

    /// After so long a place that could not be had is tried again.
    private static let retryPause = Duration.seconds(10)

    private let buses: BusPool
    private let clock: any SiteClock
    private let log: HostLog
    private let alarm: @Sendable (String) async -> Void
    private var server: ModbusServer?
    private var running: [SiteProxy: Running] = [:]
    private var wanted: [SiteProxy] = []
    private var aliases: [String: String] = [:]
    private var places: [DevicePlace] = []
    private var retry: Task<Void, Never>?

    init(
        buses: BusPool, clock: any SiteClock, log: HostLog, alarm: @escaping @Sendable (String) async -> Void
    ) {
        self.buses = buses
        self.clock = clock
        self.log = log
        self.alarm = alarm
    }

    /// Runs the proxies of `site` and no others; `places` are those of the host's own devices, which only the host writes.
    ///
    /// One that cannot be run is an alarm, and tried again.
    func takeOver(_ site: Site, places: [DevicePlace]) async {
        wanted = site.proxies
        aliases = site.serial
        self.places = places
        for (entry, one) in running where !wanted.contains(entry) { await end(entry, one) }
        for (entry, one) in running { one.proxy.follow(rules(entry, one.bus.endpoint)) }
        await run()
    }

    /// Where each proxy listens.
    func listeners() -> [(target: String, host: String, port: Int)] {
        wanted.compactMap { entry in
            running[entry].map { (entry.target, $0.listener.host, $0.listener.port) }
        }
    }

    /// Ends all proxies.
    func stop() async {
        retry?.cancel()
        retry = nil
        wanted = []
        for (entry, one) in running { await end(entry, one) }
        server?.close()
        server = nil
    }

    private func run() async {
        retry?.cancel()
        retry = nil
        var isComplete = true
        for entry in wanted where running[entry] == nil {
            do {
                try open(entry)
            } catch {
                isComplete = false
                await alarm("proxy \(entry.listen) to \(entry.target) does not run: \(error)")
            }
        }
        guard !isComplete else { return }
        retry = Task { [weak self, clock] in
            do { try await clock.sleep(Self.retryPause) } catch { return }
            await self?.run()
        }
    }

    private func open(_ entry: SiteProxy) throws {
        let server = try server ?? ModbusServer()
        self.server = server
        guard let endpoint = try Address(entry.target, defaults: .init(aliases: aliases)).endpoint else {
            throw AddressError.scheme("ocpp")
        }
        let bus = try buses.bus(for: endpoint)
        do {
            let proxy = ModbusProxy(to: bus, rules: rules(entry, endpoint))
            let listener = try server.listen(
                on: entry.listen.host, port: entry.listen.port, rules: ListenerRules(allow: Set(entry.allow)),
                deferring: proxy)
            running[entry] = Running(listener: listener, proxy: proxy, bus: bus)
            log.write(.info, "proxy \(listener.host):\(listener.port) leads to \(endpoint)")
        } catch {
            buses.release(bus)
            throw error
        }
    }

    private func rules(_ entry: SiteProxy, _ endpoint: Endpoint) -> ProxyRules {
        let guarded = places.filter { $0.channel == endpoint.channel }.compactMap { UInt8(exactly: $0.unit) }
        return ProxyRules(isReadOnly: entry.isReadOnly, guarded: Set(guarded))
    }

    private func end(_ entry: SiteProxy, _ one: Running) async {
        running[entry] = nil
        await server?.stop(one.listener)
        buses.release(one.bus)
    }
}
