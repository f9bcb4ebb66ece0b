import DriverAPI
import Network
import OCPP
import Synchronization

/// The central system for the slaves of a site: listens for them, admits them by their ChargePointIDs, answers what a
/// central system answers, and carries calls to them.
///
/// Everything only the site can answer is asked of its ``SlaveUplink``. What bears on load management goes through the
/// devices that ``OCPPSlaveDriver`` opens on it.
public final class SlaveHub: Sendable {
    struct State {
        var settings: CentralSettings
        var slaves: [ChargePointID: Slave] = [:]
        var listeners: [NetworkListener] = []
        var notes = RefusalNotes()
        var isStopped = false
    }

    let uplink: any SlaveUplink
    let clock: any SiteClock
    let wallTime: @Sendable () -> Timestamp
    let log: @Sendable (LogLevel, String) -> Void
    private let state: Mutex<State>

    /// Makes a hub without listeners. `wallTime` is the site's time, which slaves are set to.
    public init(
        settings: CentralSettings = CentralSettings(), uplink: any SlaveUplink, clock: any SiteClock,
        wallTime: @escaping @Sendable () -> Timestamp,
        log: @escaping @Sendable (LogLevel, String) -> Void = { _, _ in }
    ) {
        self.uplink = uplink
        self.clock = clock
        self.wallTime = wallTime
        self.log = log
        state = Mutex(State(settings: settings))
    }

    /// How slaves are treated. Admission follows a change at once, connected slaves with their next connection.
    public var settings: CentralSettings {
        get { state.withLock(\.settings) }
        set { state.withLock { $0.settings = newValue } }
    }

    /// What is known of every slave that is a device of the site or came since the start, by id.
    public func slaves() async -> [SlaveSummary] {
        var result: [SlaveSummary] = []
        for slave in state.withLock({ Array($0.slaves.values) }) { result.append(await slave.summary) }
        return result.sorted { $0.id.description < $1.id.description }
    }

    /// The slave with an id, made when there is none.
    func slave(_ id: ChargePointID) -> Slave {
        state.withLock { state in
            if let slave = state.slaves[id] { return slave }
            let slave = Slave(id, hub: self)
            state.slaves[id] = slave
            return slave
        }
    }

    func existing(_ id: ChargePointID) -> Slave? { state.withLock { $0.slaves[id] } }

    func withState<Result>(_ body: (inout State) -> Result) -> Result { state.withLock { body(&$0) } }
}
