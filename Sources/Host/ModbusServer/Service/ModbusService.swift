import DriverAPI
import Foundation
import Modbus
import Storage

/// Shows devices of the site to masters above it by the Power Brain register map, and passes on what they order.
///
/// Where the host shares the current, an order is an upper bound in load management; where it does not, the box is told
/// it. Masters are answered from memory: nobody waits for a box.
actor ModbusService {
    /// A unit, and what it stands for.
    struct Shown {
        var key: UnitKey
        var unit: any MasterFacingUnit
        var wallbox: PowerBrainUnit<WallboxRegisters>?
        var meter: PowerBrainUnit<MeterRegisters>?
        /// The settings as they are stored.
        var stored: PowerBrainSettings
    }

    /// A unit by its device and the id in the site file; two fronts with both the same are one unit.
    struct UnitKey: Hashable {
        var device: String
        var unit: UInt8
    }

    /// So often the registers are brought up to date and the fail-safe is looked at.
    private static let period = Duration.milliseconds(250)
    /// After so long a place that could not be had is tried again.
    private static let retryPause = Duration.seconds(10)

    nonisolated let orders: MasterOrders
    /// What a master allows by OCPP; the boxes of a slave are told the least of all.
    let stations: StationOrders
    let board: DeviceBoard
    let control: ControlLoop
    let storage: SiteStorage
    let clock: any SiteClock
    let log: HostLog
    /// By which masters are told who this host is.
    let witness: HostWitness?
    var site: Site
    var shown: [Shown] = []
    var lanes: [String: MasterLane] = [:]
    var chains: [String: Task<Void, Never>] = [:]
    /// How many limits a box's driver has not ended.
    var telling: [String: Int] = [:]
    var cards: [String: (id: String, count: UInt16)] = [:]
    var energies: [String: UInt64] = [:]
    var connections: [String: Int] = [:]
    private var server: ModbusServer?
    private var listeners: [SiteModbusUnit.Place: Listener] = [:]
    private var failed: [SiteModbusUnit.Place: MonotonicTime] = [:]
    private var tasks: [Task<Void, Never>] = []
    let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    init(
        _ site: Site, board: DeviceBoard, control: ControlLoop, orders: MasterOrders,
        stations: StationOrders = StationOrders(), storage: SiteStorage, clock: any SiteClock, log: HostLog,
        witness: HostWitness? = nil
    ) {
        self.witness = witness
        self.site = site
        self.board = board
        self.control = control
        self.orders = orders
        self.stations = stations
        self.storage = storage
        self.clock = clock
        self.log = log
    }

    /// Loads what masters ordered before, so that it binds from the first tick on, and answers as `site` says.
    ///
    /// A place that cannot be had is an alarm, and tried again. Throws ``StorageError`` when what binds cannot be loaded.
    func takeOver(_ site: Site, classes: [String: DeviceClass]) async throws {
        self.site = site
        let keys = site.modbusUnits.reduce(into: [UnitKey]()) { keys, entry in
            let key = UnitKey(device: entry.device, unit: UInt8(clamping: entry.unit))
            if !keys.contains(key) { keys.append(key) }
        }
        shown.removeAll { !keys.contains($0.key) }
        for key in keys where !shown.contains(where: { $0.key == key }) {
            shown.append(try await makeUnit(key, classes[key.device] ?? .wallbox))
        }
        lanes = lanes.filter { lane in keys.contains { $0.device == lane.key } }
        await step()
        await serve()
        if !shown.isEmpty, tasks.isEmpty { startTasks() }
    }

    /// Where it answers now: the device, the host or line, and the port.
    func places() -> [(device: String, unit: UInt8, host: String, port: Int)] {
        site.modbusUnits.compactMap { entry in
            guard let listener = listeners[entry.place] else { return nil }
            let key = UnitKey(device: entry.device, unit: UInt8(clamping: entry.unit))
            guard let unit = shown.first(where: { $0.key == key }) else { return nil }
            return (entry.device, unit.unit.unitID, listener.host, listener.port)
        }
    }

    /// Ends answering.
    func stop() async {
        for task in tasks { task.cancel() }
        signal.finish()
        for task in tasks { await task.value }
        tasks = []
        server?.close()
        await storeOrders()
    }

    private func startTasks() {
        tasks.append(
            Task { [weak self, clock, period = Self.period] in
                while !Task.isCancelled {
                    do { try await clock.sleep(period) } catch { return }
                    await self?.step()
                    await self?.serve()
                }
            })
        tasks.append(
            Task { [weak self, signals] in
                for await _ in signals { await self?.step() }
            })
    }

    /// Listens where the site file says and nowhere else.
    private func serve() async {
        let wanted = Dictionary(grouping: site.modbusUnits, by: \.place)
        for (place, listener) in listeners where wanted[place] == nil {
            listeners[place] = nil
            await server?.stop(listener)
        }
        failed = failed.filter { wanted[$0.key] != nil }
        for (place, entries) in wanted where listeners[place] == nil {
            if let last = failed[place], last.duration(to: clock.now) < Self.retryPause { continue }
            await open(place, entries)
        }
    }

    private func open(_ place: SiteModbusUnit.Place, _ entries: [SiteModbusUnit]) async {
        do {
            if server == nil { server = try ModbusServer() }
            guard let server else { return }
            let listener = try listen(server, place, entries)
            listeners[place] = listener
            failed[place] = nil
            for entry in entries {
                let port = listener.port == 0 ? "" : ":\(listener.port)"
                log.write(.info, "\(entry.device) answers masters at \(listener.host)\(port), unit \(entry.unit)")
            }
        } catch {
            if failed.updateValue(clock.now, forKey: place) == nil { log.write(.error, "modbus_server: \(error)") }
            await control.addAlarm("modbus_server: masters are not answered: \(error)")
        }
    }

    private func listen(
        _ server: ModbusServer, _ place: SiteModbusUnit.Place, _ entries: [SiteModbusUnit]
    ) throws -> Listener {
        let units = entries.compactMap { entry in
            let key = UnitKey(device: entry.device, unit: UInt8(clamping: entry.unit))
            return shown.first { $0.key == key }?.unit
        }
        switch place {
        case .tcp(let address):
            return try server.listen(
                on: address.host, port: address.port, rules: ListenerRules(allow: Set(entries.flatMap(\.allow))),
                deferring: MasterFront(units: units, isLine: false))
        case .line(let text):
            let front = MasterFront(units: units, isLine: true)
            let address = try Address(text, defaults: .init(aliases: site.serial))
            guard case .serial(let path, let parameters) = address.endpoint else {
                throw AddressError.relativeDevice(text)
            }
            return try server.serve(line: path, parameters, deferring: front)
        }
    }
}
