import LoadManagement

/// The host's part between drivers and load management, in the way of its control loop: once a tick it takes what was
/// reported, decides, sends lowerings at once and raises once they are stored.
///
/// Load management, the events of the booking (`BoxReports`) and what has to be stored (`BookingRecord`) are the real
/// ones; this is what `ControlLoop` and `SnapshotBuilder` do between them, without tasks, and with a store that takes its
/// time or fails.
struct HostModel {
    private struct Write {
        var bookings: [String: BoxBooking]
        var removed: [String]
        var endsAt: Int
        var fails: Bool
    }

    private(set) var memory = Memory()
    private var reports = BoxReports()
    private var record = BookingRecord([:])
    /// An order that leaves, and whether it says once more what its box was told.
    struct Departure {
        var order: Order
        var isRepeat: Bool
    }

    private var waiting: [(order: Order, since: Int)] = []
    private var write: Write?
    /// What is stored, by box.
    private(set) var disk: [String: BoxBooking] = [:]
    private var samples: [String: MeterSample] = [:]
    private var places: [String: Int] = [:]
    private var nextPlace = 0
    private var wanting: Set<String> = []
    private(set) var raises = 0
    private(set) var orders = 0
    private(set) var decision: Decision?
    /// How long the store takes, and whether it fails.
    var storeTakes = 0
    var storeFails = false

    /// As old as a raise may be when its booking is stored.
    private static let freshness = 2000

    /// Starts anew from what is stored; what was being written may be stored or not.
    mutating func start(at now: Moment, isWritten: Bool) {
        if let write, isWritten, !write.fails { store(write) }
        self = HostModel(disk: disk, raises: raises, orders: orders, takes: storeTakes, fails: storeFails, now)
    }

    /// Starts with nothing stored.
    init() {}

    private init(disk: [String: BoxBooking], raises: Int, orders: Int, takes: Int, fails: Bool, _ now: Moment) {
        self.disk = disk
        self.raises = raises
        self.orders = orders
        storeTakes = takes
        storeFails = fails
        memory = Memory(bookings: disk)
        memory.restart(at: now)
        record = BookingRecord(disk)
    }

    private mutating func store(_ write: Write) {
        disk.merge(write.bookings) { _, new in new }
        for box in write.removed { disk[box] = nil }
    }

    /// A meter was read.
    mutating func measured(_ circuit: String, _ sample: MeterSample) { samples[circuit] = sample }

    /// The number of the present connection of a box.
    func connection(of box: String) -> Int { reports.connection(of: box) }

    /// What drivers report of `box`, their ended orders first.
    mutating func take(_ ended: [Driver.Report], _ report: BoxReport, of box: String, _ clock: Clock, _ now: Int) {
        for end in ended {
            for event in reports.events(of: box, order: end.number, end.end, at: clock.moment(end.at)) {
                memory.apply(event, to: box)
            }
        }
        for event in reports.events(of: box, report, at: clock.moment(now)) { memory.apply(event, to: box) }
    }

    /// Decides; answers with the orders that leave now.
    mutating func tick(
        _ limits: SiteLimits, _ boxes: [BoxSnapshot], budgets: [PowerLimit], _ clock: Clock, _ now: Int
    ) -> [Departure] {
        let snapshot = Snapshot(boxes: boxes.map(queued), meters: samples, budgets: budgets)
        let step = LoadControl.step(snapshot, limits: limits, memory: memory, now: clock.moment(now))
        memory = step.memory
        decision = step.decision
        var leaving: [Departure] = []
        for order in step.decision.orders {
            waiting.removeAll { $0.order.box == order.box }
            orders += 1
            raises += order.kind == .raise ? 1 : 0
            if record.covers(order) {
                leaving.append(sent(order, clock, now))
            } else {
                waiting.append((order, now))
            }
        }
        for (box, booking) in memory.bookings where booking.lastTold == nil { memory.forget(box) }
        begin(now)
        return leaving
    }

    private func queued(_ box: BoxSnapshot) -> BoxSnapshot {
        var box = box
        box.queue = places[box.id] ?? nextPlace + 1
        return box
    }

    /// Who is plugged in first comes first.
    mutating func queue(_ box: String, _ state: CarState) {
        if state.wantsCurrent {
            if wanting.insert(box).inserted || places[box] == nil {
                nextPlace += 1
                places[box] = nextPlace
            }
        } else if state != .unknown {
            wanting.remove(box)
        }
    }

    private mutating func sent(_ order: Order, _ clock: Clock, _ now: Int) -> Departure {
        let departure = Departure(order: order, isRepeat: memory.bookings[order.box]?.isRepeat(order.number) ?? false)
        memory.apply(
            .sent(number: order.number, at: clock.moment(now), connection: reports.connection(of: order.box)),
            to: order.box)
        return departure
    }

    /// Starts to store what changed, one write at a time.
    private mutating func begin(_ now: Int) {
        guard write == nil else { return }
        let bookings = memory.bookings.filter { box, booking in
            record.needs(booking, raiseWaits: waiting.contains { $0.order.box == box })
        }
        let removed = record.stored(beside: memory.bookings)
        guard !bookings.isEmpty || !removed.isEmpty else { return }
        write = Write(bookings: bookings, removed: removed, endsAt: now + storeTakes, fails: storeFails)
    }

    /// When the store is ready with what it is writing.
    var storedAt: Int { write?.endsAt ?? .max }

    /// The store is ready; answers with the raises that leave now.
    mutating func stored(_ clock: Clock, _ now: Int) -> [Departure] {
        guard let write, write.endsAt <= now else { return [] }
        self.write = nil
        var leaving: [Departure] = []
        if write.fails {
            withdraw { _ in true }
        } else {
            store(write)
            record.note(write.bookings, removed: write.removed)
        }
        for entry in waiting.filter({ record.covers($0.order) }) where now - entry.since <= Self.freshness {
            let order = entry.order
            guard let booking = memory.bookings[order.box], booking.lastOrder == order.number,
                !booking.isSilent(at: clock.moment(now))
            else { continue }
            waiting.removeAll { $0.order.number == order.number && $0.order.box == order.box }
            leaving.append(sent(order, clock, now))
        }
        let stored = record
        withdraw { stored.covers($0) }
        return leaving
    }

    private mutating func withdraw(_ isMeant: (Order) -> Bool) {
        for entry in waiting where isMeant(entry.order) {
            memory.apply(.withdrawn(number: entry.order.number), to: entry.order.box)
        }
        waiting.removeAll { isMeant($0.order) }
    }

    /// The boxes that are booked.
    var booked: [String] { memory.bookings.keys }

    /// Nothing is known any more of a box that has left.
    mutating func closed(_ box: String) { reports.forget(box) }
}
