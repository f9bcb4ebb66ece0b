import DriverAPI
import LoadManagement
import Storage

/// Once a tick: takes what was reported, decides, and sends lowerings at once and raises once they are stored.
public actor ControlLoop {
    /// How one tick went, for status and tests.
    public struct Outcome: Sendable {
        /// What was decided.
        public var decision: Decision
        /// The devices it was decided on.
        public var states: [DeviceState]
    }

    private let site: Site
    private let board: DeviceBoard
    private let clock: any SiteClock
    private let told: any ToldStore
    private let dispatcher: Dispatcher
    private let limits: LimitsBuilder
    private var snapshots: SnapshotBuilder
    private var events = BoxEvents()
    private var memory: Memory
    private var alarms = AlarmList()
    private var latest: Outcome?

    /// A loop for `site` that goes on from `memory`; `forecasts` says what boxes can do that were not reached yet.
    ///
    /// Throws ``CircuitError`` for circuits that cannot be.
    public init(
        _ site: Site, board: DeviceBoard, clock: any SiteClock, told: any ToldStore, memory: Memory = Memory(),
        forecasts: [String: BoxSetup] = [:]
    ) throws(CircuitError) {
        self.site = site
        self.board = board
        self.clock = clock
        self.told = told
        self.memory = memory
        dispatcher = Dispatcher(board: board, clock: clock)
        limits = try LimitsBuilder(site, forecasts: forecasts)
        snapshots = SnapshotBuilder(site)
    }

    /// Ticks until the task is cancelled; `tick` is the time from one to the next.
    public func run(every tick: Duration = .seconds(1)) async {
        var next = clock.now
        while !Task.isCancelled {
            await self.tick()
            next = max(next.advanced(by: tick), clock.now)
            do { try await clock.sleep(until: next, tolerance: nil) } catch { return }
        }
    }

    /// The outcome of the last tick.
    public func outcome() -> Outcome? { latest }

    /// What the operator must know, newest last.
    public func alarmTexts() -> [String] { alarms.texts }

    /// Adds something the operator must know.
    public func addAlarm(_ text: String) { alarms.add(text, at: clock.now) }

    /// One tick.
    @discardableResult
    public func tick() async -> Outcome {
        let now = clock.now
        let states = await board.all()
        for event in await board.takeEvents() {
            if case .alarm(let device, let text) = event { alarms.add("\(device): \(text)", at: now) }
        }
        let lowered = await takeReports()
        takeStates(states, now)
        let decision: Decision
        (decision, memory) = LoadControl.step(
            snapshots.snapshot(states), limits: limits.limits(states), memory: memory, now: now.nanoseconds)
        await send(decision.orders, now)
        await store(lowered)
        noteAlarms(decision, now)
        let outcome = Outcome(decision: decision, states: states)
        latest = outcome
        return outcome
    }

    private func takeStates(_ states: [DeviceState], _ now: MonotonicTime) {
        for state in states where state.deviceClass == .wallbox {
            let meter = states.first { $0.entry.role == .box && $0.entry.of == state.entry.id }
            for event in events.events(state, meter: meter, at: now) { memory.apply(event, to: state.entry.id) }
        }
    }

    /// Lowerings leave at once and wait for no disk; a raise leaves after it is stored, or not at all.
    private func send(_ orders: [Order], _ now: MonotonicTime) async {
        for order in orders where order.kind == .lower { await dispatch(order, now) }
        let raises = orders.filter { $0.kind == .raise }
        guard !raises.isEmpty else { return }
        do {
            try await told.store(bookings(of: raises.map(\.box)))
        } catch {
            for order in raises { memory.apply(.withdrawn(number: order.number), to: order.box) }
            alarms.add("nothing is raised: \(error)", at: now)
            return
        }
        for order in raises { await dispatch(order, now) }
    }

    private func dispatch(_ order: Order, _ now: MonotonicTime) async {
        let dispatch = Dispatch(box: order.box, number: order.number, milliamperes: order.value)
        memory.apply(
            .sent(number: order.number, at: now.nanoseconds, connection: events.connection(of: order.box)),
            to: order.box)
        await dispatcher.send(dispatch)
    }

    /// Returns the boxes whose orders were confirmed: their bookings are stored after the lowering was read back.
    private func takeReports() async -> [String] {
        var confirmed: Set<String> = []
        for report in await dispatcher.takeReports() {
            let box = report.dispatch.box
            let connection = events.connection(of: box)
            for event in report.events(connection: connection, isOnline: events.isOnline(box)) {
                memory.apply(event, to: box)
            }
            if case .confirmed = report.outcome { confirmed.insert(box) }
            if let text = report.alarm { alarms.add("\(box): \(text)", at: report.time) }
        }
        return confirmed.sorted()
    }

    private func store(_ boxes: [String]) async {
        guard !boxes.isEmpty else { return }
        do { try await told.store(bookings(of: boxes)) } catch {
            alarms.add("told values are not stored: \(error)", at: clock.now)
        }
    }

    private func bookings(of boxes: [String]) -> [String: BoxBooking] {
        memory.bookings.filter { boxes.contains($0.key) }
    }

    private func noteAlarms(_ decision: Decision, _ now: MonotonicTime) {
        for (box, result) in decision.boxes.sorted(by: { $0.key < $1.key }) {
            for alarm in result.alarms { alarms.add("\(box): \(alarm)", at: now) }
        }
    }
}

/// Where the bookings of boxes are kept over a restart; durable when `store` returned.
public protocol ToldStore: Sendable {
    /// Stores the bookings by box.
    func store(_ bookings: [String: BoxBooking]) async throws
    /// All bookings stored.
    func load() async throws -> [String: BoxBooking]
}
