import LoadManagement

/// A site whose boxes take every order and show it after `ack`, one tick a second; muted boxes hear and say nothing.
struct ScriptedSite {
    var limits: SiteLimits
    var boxes: [BoxSnapshot] = []
    var meters: [String: MeterSample] = [:]
    var memory = Memory()
    var mode = HostMode.manage
    var budgets: [PowerLimit] = []
    var surplus: Int?
    var muted: Set<String> = []
    /// Boxes that answer every order with an exception.
    var refusing: Set<String> = []
    /// Boxes that answer every order and go on as before.
    var ignoring: Set<String> = []
    var ack = 1.0
    var orders: [Order] = []
    private var held: [String: Int] = [:]
    private var open: [(order: Order, sent: Double)] = []

    init(_ limits: SiteLimits) { self.limits = limits }

    /// One tick at `time`: first what the boxes have to say, then load management, then its orders leave.
    ///
    /// `drawn` is what boxes measure on every terminal, in milliamperes.
    @discardableResult
    mutating func tick(_ time: Double, drawn: [String: Int] = [:]) -> Decision {
        listen(time)
        for (id, current) in drawn where !muted.contains(id) {
            memory.apply(.measured(PhaseCurrents(each: current), at: seconds(time)), to: id)
        }
        let snapshot = Snapshot(mode: mode, boxes: boxes, meters: meters, budgets: budgets, surplus: surplus)
        let (decision, next) = LoadControl.step(snapshot, limits: limits, memory: memory, now: seconds(time))
        memory = next
        orders = decision.orders
        for order in orders {
            memory.apply(.sent(number: order.number, at: seconds(time), connection: 1), to: order.box)
            if muted.contains(order.box) {
                memory.apply(.unanswered(number: order.number, at: seconds(time)), to: order.box)
            } else {
                open.append((order, time))
            }
        }
        return decision
    }

    private mutating func listen(_ time: Double) {
        for (order, sent) in open where sent + ack <= time {
            guard !muted.contains(order.box) else {
                memory.apply(.unanswered(number: order.number, at: seconds(time)), to: order.box)
                continue
            }
            if refusing.contains(order.box) {
                memory.apply(.refused(number: order.number, at: seconds(time)), to: order.box)
                continue
            }
            if !ignoring.contains(order.box) { held[order.box] = order.value }
            memory.apply(.answered(number: order.number, at: seconds(time)), to: order.box)
        }
        open.removeAll { $0.sent + ack <= time }
        for id in memory.bookings.keys where !muted.contains(id) {
            memory.apply(.polled(at: seconds(time)), to: id)
            memory.apply(.heard(at: seconds(time)), to: id)
            if let value = held[id] { memory.apply(.readBack(value, at: seconds(time), connection: 1), to: id) }
        }
        for id in muted where memory.bookings[id]?.isSilent(at: seconds(time)) == false {
            memory.apply(.lost(at: seconds(time)), to: id)
        }
    }

    /// Ticks once a second from `start` up to and with `end`.
    mutating func run(from start: Int, through end: Int) {
        for time in start...end { tick(Double(time)) }
    }

    /// What every box was last told, in milliamperes.
    var told: [String: Int] { memory.bookings.mapValues { $0.lastTold?.value ?? -1 } }
}

/// One circuit `main` with boxes on it that change their pilot at once.
func oneCircuit(
    fuse: Int, boxes: [String], load: NodeLoad = .fixed(.zero), watchdog: BoxAbility.Watchdog? = nil,
    hasMeter: Bool = false
) throws -> SiteLimits {
    let tree = try CircuitTree([CircuitNode(id: "main", limit: PhaseCurrents(each: fuse))])
    let ability = BoxAbility(maximum: 16_000, watchdog: watchdog, pacing: 0, hasMeter: hasMeter)
    return SiteLimits(
        tree: tree, loads: ["main": load], boxes: boxes.map { BoxSetup(id: $0, node: "main", ability: ability) })
}
