import DriverAPI
import Licensing
import LoadManagement
import ProfileTrust
import Recording

/// Once a tick: takes what was reported, decides, and sends lowerings at once and raises once they are stored.
///
/// A tick waits for no device and for no disk. Whatever a driver does with an order, its box stays booked with all it
/// may be following.
public actor ControlLoop {
    /// How one tick went, for status and tests.
    public struct Outcome: Sendable {
        /// What was decided.
        public var decision: Decision
        /// The devices it was decided on.
        public var states: [DeviceState]
        /// What people chose for the cars, by box.
        public var choices: [String: ChargingChoice] = [:]
        /// The limit an operator set by hand.
        public var operatorLimit: OperatorLimit?
        /// The limits from outside that hold.
        var inputs: [InputReader.Active] = []
        /// The powers that may not be passed, in the order the operator's limit and those from outside.
        var budgets: [PowerLimit] = []
        /// Where boxes are that are still booked though the site has them no more: circuits by box.
        public var leaving: [String: String]
        /// What masters above allowed, in mA per phase by box, 0 for off.
        public var masters: [String: Int] = [:]
        /// What the station of OCPP lets boxes do, in mA per phase by box, 0 for off.
        public var stations: [String: Int] = [:]
    }

    /// An order that waits until its booking is stored.
    struct WaitingOrder {
        var order: Order
        var since: MonotonicTime
    }

    private(set) var site: Site
    private let board: DeviceBoard
    let clock: any SiteClock
    let told: any ToldStore
    private let dispatcher: Dispatcher
    private var limits: LimitsBuilder
    private var snapshots: SnapshotBuilder
    private var events = BoxEvents()
    private(set) var devices: [String: any Device] = [:]
    private var states: [DeviceState] = []
    private let released: AsyncStream<String>.Continuation
    private var closable: Set<String> = []
    private var latest: Outcome?
    private var observers: [@Sendable (Outcome, MonotonicTime) -> Void] = []
    var memory: MemoryJournal
    var alarms = AlarmList()
    var record: BookingRecord
    var waiting: [WaitingOrder] = []
    var writingSince: MonotonicTime?
    var writer: Task<Void, Never>?
    var failSafes = FailSafePlan()
    var failSafeSetter = FailSafeSetter()
    var planned: PlannedFor?
    /// The boxes that were last checked for the time without a host, and what was found.
    var checked: [BoxSetup]?
    var findings: [LimitFinding] = []
    var choices: ChargingChoices
    var woken = WokenBoxes()
    var keeping: Task<Void, Never>?
    /// The limit an operator set by hand, if it holds.
    var operatorLimit: OperatorLimit?
    /// The inputs whose limits held in the last tick.
    private(set) var inputs: [InputReader.Active] = []
    /// What masters above allow.
    private let masters: MasterOrders
    /// What the station of OCPP allows.
    private let stations: StationOrders
    private let wall: @Sendable () -> Double
    let keep: @Sendable (HandSettings) async -> Void
    let recorder: (any TickRecorder)?

    /// Boxes that have left the site and may be closed: their stop is confirmed. One consumer.
    public nonisolated let releases: AsyncStream<String>

    /// A loop for `site` that goes on from what was stored; `forecasts` says what boxes can do that were not reached yet.
    ///
    /// Throws ``CircuitError`` for circuits that cannot be.
    public init(
        _ site: Site, board: DeviceBoard, clock: any SiteClock, told: any ToldStore,
        stored: [String: BoxBooking] = [:], forecasts: [String: BoxSetup] = [:],
        chains: [String: Span] = [:],
        hand: HandSettings = HandSettings(), masters: MasterOrders = MasterOrders(),
        stations: StationOrders = StationOrders(),
        keep: @escaping @Sendable (HandSettings) async -> Void = { _ in },
        wall: @escaping @Sendable () -> Double = { WallClock.seconds }, recorder: (any TickRecorder)? = nil
    ) throws(CircuitError) {
        self.masters = masters
        self.stations = stations
        self.site = site
        self.board = board
        self.clock = clock
        self.told = told
        choices = ChargingChoices(hand.choices)
        operatorLimit = hand.limit
        self.keep = keep
        self.wall = wall
        self.recorder = recorder
        memory = MemoryJournal(Memory(bookings: stored))
        memory.restart(at: clock.now.nanoseconds)
        record = BookingRecord(stored)
        dispatcher = Dispatcher(clock: clock)
        limits = try LimitsBuilder(site, forecasts: forecasts, chains: chains)
        snapshots = SnapshotBuilder(site)
        (releases, released) = AsyncStream.makeStream(of: String.self)
    }

    deinit { released.finish() }

    /// Ticks until the task is cancelled; `tick` is the time from one to the next.
    public func run(every tick: Duration = .seconds(1)) async {
        var next = clock.now
        while !Task.isCancelled {
            await self.tick()
            next = max(next.advanced(by: tick), clock.now)
            do { try await clock.sleep(until: next, tolerance: nil) } catch { return }
        }
    }

    /// Goes on with another site file; circuits and limits count from the next tick.
    ///
    /// Throws ``CircuitError`` for circuits that cannot be; then everything stays as it is.
    public func replace(
        _ site: Site, forecasts: [String: BoxSetup], chains: [String: Span] = [:]
    ) throws(CircuitError) {
        limits = try LimitsBuilder(site, forecasts: forecasts, chains: chains)
        snapshots.replace(site)
        self.site = site
        if site.mode != .manage { withdraw { _ in true } }
    }

    /// From the next tick on boxes are started and raised only as far as `admissions` say.
    func replace(admissions: [String: Admission]) { snapshots.admissions = admissions }

    /// From the next tick on boxes are started and raised only as far as `verdicts` say.
    func replace(verdicts: [String: ProfileVerdict]) { snapshots.verdicts = verdicts }

    /// The boxes of the site as they were looked at last.
    var wallboxes: [String] { states.filter { $0.deviceClass == .wallbox && $0.isInUse }.map(\.entry.id) }

    /// Whether a box may not be started or raised by its profile.
    func isDistrusted(_ box: String) -> Bool { snapshots.isDistrusted(box) }

    /// The boxes that the licence was asked about last.
    var admittedBoxes: [String] { snapshots.admissions.map { Array($0.keys) } ?? [] }

    /// What the licence says of a box; nil where none is asked for.
    func admission(of box: String) -> Admission? {
        snapshots.admissions.map { $0[box] ?? .waitsForIdentity }
    }

    /// Calls `observer` after every tick with how it went and when; it must return at once.
    public func observe(_ observer: @escaping @Sendable (Outcome, MonotonicTime) -> Void) { observers.append(observer) }

    /// The outcome of the last tick.
    public func outcome() -> Outcome? { latest }

    /// What the operator must know, newest last.
    public func alarmTexts() -> [String] { alarms.texts(at: clock.now) }

    /// Adds something the operator must know.
    public func addAlarm(_ text: String) { alarms.add(text, at: clock.now) }

    /// Whether a box is booked, and whether it was ever told anything.
    public func booking(of box: String) -> (isBooked: Bool, isTold: Bool) {
        (memory.bookings[box] != nil, memory.bookings[box]?.lastTold != nil)
    }

    /// A person says that a box the site has no more is gone for good; false if the site still has it.
    public func forget(_ box: String) -> Bool {
        guard memory.bookings[box]?.isLeaving ?? false else { return false }
        memory.forget(box)
        return true
    }

    /// How many orders of a box its driver has not ended.
    func openOrders(of box: String) -> Int { dispatcher.open(of: box) }

    /// Another device takes the name `box`: what the one before reported says nothing of it.
    public func deviceChanged(_ box: String) {
        events.forget(box)
        closable.remove(box)
    }

    /// One tick.
    @discardableResult
    public func tick() async -> Outcome {
        let (reported, devices, events) = await board.take()
        let now = clock.now
        let states = woken.states(reported, at: now)
        self.devices = devices
        self.states = states
        for case .alarm(let device, let text) in events { alarms.add("\(device): \(text)", at: now) }
        takeReports(states)
        takeStates(states, now)
        for state in states where state.deviceClass == .wallbox { choices.note(state, at: now) }
        inputs = InputReader.active(site.limits, states, at: now)
        let masterLimits = masters.all
        let allowed = stations.all
        let siteLimits = limits.limits(
            states, known: memory.bookings, fallbacks: failSafeSetter.pending, doubted: allowed.doubted)
        // Whoever allows less is obeyed.
        let taken = snapshot(states, now, masterLimits.merging(allowed.boxes, uniquingKeysWith: min), allowed.phases)
        let whole = [masterLimits[SiteModbusUnit.wholeSite], allowed.site].compactMap(\.self).min()
        let below = whole.flatMap { limits.below($0, siteLimits) }
        let recorded = memory.step(taken, limits: below ?? siteLimits, now: now.nanoseconds)
        let decision = recorded.tick.decision
        recorder?.record(recorded)
        for order in decision.orders { send(order, now) }
        release(states)
        storeWhatChanged(now)
        setFailSafes(states, siteLimits, now)
        wake(decision)
        noteAlarms(decision, states, now)
        let outcome = Outcome(
            decision: decision, states: states, choices: choices.all, operatorLimit: operatorLimit, inputs: inputs,
            budgets: taken.budgets, leaving: memory.bookings.filter { $1.isLeaving }.mapValues(\.setup.node),
            masters: masterLimits, stations: allowed.boxes)
        latest = outcome
        for observer in observers { observer(outcome, now) }
        return outcome
    }

    private func snapshot(
        _ states: [DeviceState], _ now: MonotonicTime, _ masterLimits: [String: Int], _ phases: [String: Int]
    ) -> Snapshot {
        let wall = wall()
        if let until = operatorLimit?.until, until <= wall { limit(nil) }
        keepWhatChanged()
        let goals = states.compactMap { state in
            choices.goal(state, at: now, wall: wall).map { (state.entry.id, $0) }
        }
        let sun = SunReader(states, choices.all, memory.bookings, at: now)
        return snapshots.snapshot(
            states, choices: choices.all, goals: Dictionary(goals) { first, _ in first },
            budgets: PowerBudgets.budgets(operatorLimit, inputs, states, site, ownPower: sun.ownPower),
            surplus: sun.surplus, masters: masterLimits, phases: phases)
    }

    private func takeReports(_ states: [DeviceState]) {
        for report in dispatcher.takeReports() {
            let box = report.dispatch.box
            for event in events.events(report, state: states.first { $0.entry.id == box }) {
                memory.apply(event, to: box)
            }
            if let text = report.alarm { alarms.add("\(box): \(text)", at: report.time) }
        }
    }

    private func takeStates(_ states: [DeviceState], _ now: MonotonicTime) {
        for state in states where state.deviceClass == .wallbox {
            let meter = states.first { $0.isInUse && $0.entry.role == .box && $0.entry.of == state.entry.id }
            for event in events.events(state, meter: meter, at: now) { memory.apply(event, to: state.entry.id) }
        }
    }

    /// What a restarted host would book leaves at once; the rest waits until it is stored.
    private func send(_ order: Order, _ now: MonotonicTime) {
        waiting.removeAll { $0.order.box == order.box }
        if record.covers(order) {
            dispatch(order, now)
        } else {
            waiting.append(WaitingOrder(order: order, since: now))
        }
    }

    /// Gives an order to its driver.
    func dispatch(_ order: Order, _ now: MonotonicTime) {
        let isRepeat = memory.bookings[order.box]?.isRepeat(order.number) ?? false
        memory.apply(
            .sent(number: order.number, at: now.nanoseconds, connection: events.connection(of: order.box)),
            to: order.box)
        dispatcher.send(
            Dispatch(
                box: order.box, number: order.number, milliamperes: order.value, phases: phases(order),
                isRepeat: isRepeat),
            to: devices[order.box])
    }

    /// How many phases a box that stands still has to be switched to; nil where nothing has to be switched.
    private func phases(_ order: Order) -> PhaseSelection? {
        guard order.value == 0, memory.bookings[order.box]?.setup.ability.switching != nil,
            let present = states.first(where: { $0.entry.id == order.box })?.number("phases_set")?.asInt,
            present != order.terminals.count
        else { return nil }
        return order.terminals.count == 1 ? .one : .three
    }

    /// Boxes that left and are booked no more may be closed. Nothing has to be confirmed where nothing is managed, nor by
    /// a box that was never told anything.
    private func release(_ states: [DeviceState]) {
        for (box, booking) in memory.bookings where site.mode != .manage || booking.lastTold == nil {
            memory.forget(box)
        }
        for state in states {
            let box = state.entry.id
            guard state.deviceClass == .wallbox, !state.isInUse else {
                closable.remove(box)
                continue
            }
            guard memory.bookings[box] == nil, closable.insert(box).inserted else { continue }
            events.forget(box)
            dispatcher.forget(box)
            released.yield(box)
        }
    }
}
