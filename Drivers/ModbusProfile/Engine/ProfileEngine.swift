import DeviceProfiles
import DriverAPI
import Modbus
import ReadPlanning

/// Everything a driver does with a profile, over any link and any clock, as one sequence without tasks of its own.
///
/// One caller at a time: each call is awaited before the next. All waiting goes through the clock given, so that on a
/// virtual clock everything is deterministic. ``ModbusProfileDevice`` drives it on a real bus; profile tests drive it
/// step by step:
///
///     let engine = try await ProfileEngine(profile: document, link: link, clock: clock, store: MemoryDriverStore())
///     try await engine.connect()              // facts, variants, identity, static points
///     _ = try await engine.read(nil)          // every point once
///     let outcome = try await engine.apply(.charge(.current(10)))
///     outcome.frames                          // "06 1F9D 0064", "06 1F9E 0001"
///
/// or, as the host does it, one `await engine.round()` a tick, which connects, runs init, polls, keeps alive and
/// re-asserts by itself.
public actor ProfileEngine {
    let link: any RegisterLink
    let clock: any SiteClock
    let store: EngineStore
    let configuration: EngineConfiguration
    /// Asked before everything that is written, but for stops and lowerings.
    let permission: WritePermission
    let report: @Sendable (DeviceUpdate) -> Void
    let log: @Sendable (LogLevel, String) -> Void
    let commands: CommandQueue
    /// How the engine sleeps: on the clock alone, or so that a command wakes it.
    let waiting: any EngineWaiting

    var source: any VariableProfile
    var options: [String: Value]
    /// The profile with the variants that hold.
    var current: DeviceProfile
    var unit: UInt8
    var board: PointBoard
    var plans: PollPlans
    var latency: AnswerLatency

    /// The time limit worked out from the answers so far; nil when it is to be worked out anew.
    var knownPatience: Duration?
    /// How many reads were answered.
    var answers = 0

    var contact = Contact()
    var connection = ConnectionRecord()
    var life = SignsOfLife()
    var charge = ChargeRecord()
    var writes = WriteRecord()
    var assertion = AssertionRecord()
    var frames: [WrittenFrame] = []
    /// What was reported last, so that only news goes out.
    var reportedDescription: DeviceDescription?
    var reportedLink: LinkState?
    var reportedFrame: MonotonicTime?

    /// Makes an engine; nothing is sent before the first call.
    ///
    /// `report` gets what a ``Device`` reports. Throws ``DriverError/configuration(_:)`` for options that cannot be
    /// right.
    public init(
        profile: any VariableProfile, link: any RegisterLink, clock: any SiteClock, store: any DriverStore,
        configuration: EngineConfiguration = .init(), permission: WritePermission = .granted,
        report: @escaping @Sendable (DeviceUpdate) -> Void = { _ in },
        log: @escaping @Sendable (LogLevel, String) -> Void = { _, _ in }
    ) async throws(DriverError) {
        try await self.init(
            profile: profile, link: link, clock: clock, store: store, configuration: configuration,
            permission: permission, commands: CommandQueue(), waiting: ClockWaiting(clock: clock), report: report,
            log: log)
    }

    init(
        profile: any VariableProfile, link: any RegisterLink, clock: any SiteClock, store: any DriverStore,
        configuration: EngineConfiguration, permission: WritePermission, commands: CommandQueue,
        waiting: any EngineWaiting,
        report: @escaping @Sendable (DeviceUpdate) -> Void, log: @escaping @Sendable (LogLevel, String) -> Void
    ) async throws(DriverError) {
        self.link = link
        self.clock = clock
        self.store = EngineStore(store)
        self.configuration = configuration
        self.permission = permission
        self.commands = commands
        self.waiting = waiting
        self.report = report
        self.log = log
        source = profile
        options = try profile.values(ofOptions: configuration.options)
        current = profile.applied(options: options, facts: [:])
        unit = configuration.unit ?? current.link.defaultUnit
        board = PointBoard(current, options: options, facts: [:])
        latency = AnswerLatency(hint: configuration.latency)
        plans = PollPlans(
            constraints: current.modbus.constraints, line: configuration.line, latency: configuration.latency)
        charge.told = await self.store.told() ?? configuration.lastTold
        charge.lastOn = await self.store.lastOn() ?? charge.told.flatMap { $0 > 0 ? $0 : nil }
        showTold()
    }

    /// The profile with the variants that hold.
    public var profile: DeviceProfile { current }
    /// The facts of this connection by name; unknown ones are missing.
    public var facts: [String: Value] { board.facts }
    /// The values of the options.
    public var optionValues: [String: Value] { options }
    /// The score of the identification; nil before, and for profiles without rules.
    public var score: Int? { connection.score }
    /// Whether the device is the right one.
    public var identity: Identity { connection.identity }
    /// Every write since the start, in order.
    public var writtenFrames: [WrittenFrame] { frames }
    /// The state of the connection.
    public var linkState: LinkState { contact.linkState }
    /// The charge value told last that was acknowledged and verified; 0 for off; nil when never told.
    public var told: Exact? { charge.told }
    /// When the last frame left that the device may have heard.
    public var lastFrame: MonotonicTime? { link.lastFrame(to: unit) }

    /// All readings as they are now, `state.reason` and identity facts included.
    public var readings: [Reading] {
        board.now = clock.now
        return board.readings
    }

    /// The reading of one point, of `state.reason` or of an identity fact as it is now; nil for an unknown name.
    public func reading(_ point: String) -> Reading? {
        board.now = clock.now
        return board.reading(point)
    }

    /// Lets expressions see the present `told`.
    func showTold() { board.told = charge.told.map(Value.number) }
}
