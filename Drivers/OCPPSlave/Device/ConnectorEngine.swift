import DriverAPI
import OCPP

/// What governs one connector of a slave and reports it.
///
/// An order is renewed three times within its hold time. So the connector falls back by itself when the master is gone,
/// which is claimed only once its composite schedule has shown it: before that, and for a slave that cannot show it, it
/// is taken to go on with what it was told for ever.
actor ConnectorEngine {
    nonisolated let place: SlaveConnector
    nonisolated let options: ConnectorOptions
    nonisolated let slave: Slave
    nonisolated let context: DriverContext
    nonisolated let report: @Sendable (DeviceUpdate) -> Void
    nonisolated let turn = Turn()

    var board = ConnectorBoard()
    var abilities = SlaveAbilities()
    var boot: BootNotificationRequest?
    var isOnline = false
    var offlineReason = "it has not connected yet"
    var connectedAt = MonotonicTime.zero
    var transaction: Int?
    var meterStart: Exact?
    /// What it was told last, in A; nil before the first order.
    var told: Exact?
    var lastOn: Exact?
    var fallback: Exact = 0
    var hold: Int
    var proof = FallbackProof.open
    /// The phases that a limit in watts is counted on.
    var phasesInUse: Int
    /// Whether it refuses a limit of 0 A.
    var refusesZero = false
    /// Whether it answers GetCompositeSchedule; nil until it was asked.
    var hasComposite: Bool?
    /// Whether its composite schedule shows orders also while no transaction runs.
    var showsIdle = false
    /// What it was sent last, and when.
    var sent: (amperes: Tenths, then: Tenths, at: MonotonicTime)?
    var needsRenewal = false
    var commandCount = 0
    var timeouts = 0
    var alarms: Set<String> = []
    var described: DeviceDescription?
    private(set) var isClosed = false

    init(
        _ place: SlaveConnector, _ options: ConnectorOptions, slave: Slave, context: DriverContext,
        report: @escaping @Sendable (DeviceUpdate) -> Void
    ) {
        self.place = place
        self.options = options
        self.slave = slave
        self.context = context
        self.report = report
        hold = slave.hub.settings.holdTime
        phasesInUse = options.phases
    }

    var now: MonotonicTime { context.clock.now }
    var profiles: OrderProfiles {
        OrderProfiles(connector: place.connector, abilities: abilities, phases: phasesInUse, hold: hold)
    }
    var orderLevel: Int { profiles.level }

    /// Takes up what was told and set before this start.
    func recall(lastTold: Exact?) async {
        told = lastTold.map { min($0, options.rated) }
        if let text = await context.store.value("fallback_current"), let value = Exact(text: text) { fallback = value }
        if let text = await context.store.value("fallback_after"), let value = Int(text) {
            hold = min(max(value, 30), 3600)
        }
    }

    /// The slave is connected and set up: its profiles are set, whatever it kept of them.
    func connected(
        _ abilities: SlaveAbilities, _ boot: BootNotificationRequest?, transaction: Int?
    ) async {
        guard !isClosed else { return }
        await turn.take()
        self.abilities = abilities
        self.boot = boot
        self.transaction = transaction
        isOnline = true
        connectedAt = now
        hasComposite = abilities.has("SmartCharging") ? nil : false
        timeouts = 0
        alarms = []
        if abilities.rateUnit == .watts, options.phases > 1 {
            alarm(
                "it takes limits in W only: a car on one phase may draw more than it is told until the box's meter shows it"
            )
        }
        describe()
        report(.link(.online))
        show(board.startReadings(phases: options.phases, at: now))
        showFallback()
        await installFallback()
        if told != nil { await renew() }
        await turn.give()
    }

    /// The slave is gone; what it was told stays booked.
    func vanished(_ reason: String) {
        offlineReason = reason
        guard isOnline else { return }
        isOnline = false
        report(.link(.silent(since: now, reason: reason)))
    }

    func close() {
        isClosed = true
        isOnline = false
    }

    /// The orders are sent anew with the next round.
    func renewSoon() { needsRenewal = true }

    /// Tells the operator, once for each connection.
    func alarm(_ text: String) {
        guard alarms.insert(text).inserted else { return }
        report(.alarm(text))
    }

    func show(_ readings: [Reading]) {
        guard !readings.isEmpty else { return }
        let isNew = board.take(readings)
        report(.readings(readings))
        if isNew { describe() }
    }

    /// Says what the connector is, when it changed.
    func describe() {
        var identity: [String: String] = ["ocpp_id": place.slave.description]
        identity["vendor"] = boot?.chargePointVendor
        identity["model"] = boot?.chargePointModel
        identity["serial"] = boot?.chargePointSerialNumber ?? boot?.chargeBoxSerialNumber
        identity["firmware"] = boot?.firmwareVersion
        let charging =
            abilities.has("SmartCharging")
            ? ChargingAbility(
                minimum: options.minimum, maximum: options.rated, stoppable: !refusesZero, watchdog: watchdog,
                failSafe: proof == .shown ? Self.settings(refusesZero ? options.minimum : 0) : nil) : nil
        let description = DeviceDescription(
            deviceClass: .wallbox, identity: identity, points: board.points, charging: charging)
        guard description != described else { return }
        described = description
        report(.described(description))
    }

    private var watchdog: Watchdog {
        proof == .shown ? .falls(to: effectiveFallback, after: .seconds(hold)) : .none
    }

    /// The fall-back as the connector takes it: one that refuses 0 A is not told less than its minimum.
    var effectiveFallback: Exact { refusesZero ? max(fallback, options.minimum) : fallback }

    private static func settings(_ least: Exact) -> FailSafeSettings {
        FailSafeSettings(
            current: "failsafe_current", timeout: "failsafe_timeout", leastCurrent: least, timeouts: 30...3600)
    }
}
