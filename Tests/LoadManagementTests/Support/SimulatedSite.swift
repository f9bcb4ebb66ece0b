import LoadManagement

/// A host, its lines and its boxes, in steps of a quarter of a second: frames are lost, late or unanswered, boxes fall
/// silent in one direction or both, the host restarts from what it has stored, the meter stops and the house jumps.
struct SimulatedSite {
    var limits: SiteLimits
    var random: SeededGenerator
    var boxes: [String: SimulatedBox] = [:]
    var house: [PhaseCurrents]
    /// The last moment at which the house went up, or the meter's word was worth less than the worst case.
    private(set) var houseRose: Moment = 0
    private(set) var violations: [String] = []
    /// Moments at which a box could draw more than was booked for it.
    private(set) var underbooked: [String] = []
    /// How many orders left, and how many of them were raises.
    private(set) var sent = 0
    private(set) var raises = 0

    private var memory = Memory()
    private var stored = Memory()
    private var lines: [String: Line] = [:]
    private var meters: [String: MeterSample] = [:]
    private var meterBackAt: Moment = 0
    private var snapshots: [String: BoxSnapshot] = [:]
    private var now: Moment = 0
    private var calm = true

    private struct Line {
        var connection = 0
        var waiting: Order?
        var open: Frame?
        var late: [Frame] = []
        var isDeaf = false
        var isMute = false
        var untilWell: Moment = 0
        var timeouts = 0
    }

    private struct Frame {
        var sent: Moment
        var arrives: Moment?
        var answers: Moment?
        var order: Order?
        var register = 0
        var drawn = PhaseCurrents.zero
    }

    init(_ limits: SiteLimits, seed: Int) {
        self.limits = limits
        random = SeededGenerator(seed: seed)
        house = limits.tree.nodes.map { _ in .zero }
        for (place, setup) in limits.boxes.enumerated() {
            boxes[setup.id] = SimulatedBox(setup, resumesOnAnyFrame: random.chance(50), register: 0, now: 0)
            snapshots[setup.id] = BoxSnapshot(id: setup.id, state: .a, queue: place)
            lines[setup.id] = Line()
        }
    }

    mutating func run(minutes: Int, houseMoves: Bool) {
        let quarter = seconds(0.25)
        while now < seconds(Double(minutes * 60)) {
            now += quarter
            if now % seconds(1) == 0 {
                misfortune(houseMoves)
                tick()
            }
            for id in limits.boxes.map(\.id) { exchange(id) }
            for id in limits.boxes.map(\.id) { boxes[id]?.advance(to: now, &random) }
            judge()
            judgeBookings()
        }
    }

    private mutating func tick() {
        measure()
        let snapshot = Snapshot(boxes: limits.boxes.compactMap { snapshots[$0.id] }, meters: meters)
        let (decision, next) = LoadControl.step(snapshot, limits: limits, memory: memory, now: now)
        memory = next
        // A raise is committed before its frame leaves; lowerings are stored with the next read-back.
        if decision.orders.contains(where: { $0.kind == .raise }) { stored = memory }
        for order in decision.orders {
            sent += 1
            raises += order.kind == .raise ? 1 : 0
            lines[order.box]?.waiting = order
        }
    }

    private mutating func measure() {
        guard now >= meterBackAt else { return }
        for (node, circuit) in limits.tree.nodes.enumerated() {
            guard case .metered = limits.loads[circuit.id] else { continue }
            var sum = PhaseCurrents.zero
            for (below, load) in house.enumerated() where limits.tree.path(from: below).contains(node) { sum += load }
            for box in boxes.values where path(box).contains(node) { sum += box.onSupply(box.atTerminals) }
            let noise = Int.random(in: -100...100, using: &random)
            meters[circuit.id] = MeterSample(
                at: now, current: sum + PhaseCurrents(each: noise), counter: now, words: UInt64(now))
        }
    }

    private func path(_ box: SimulatedBox) -> [Int] {
        limits.tree.index(of: box.setup.node).map { limits.tree.path(from: $0) } ?? []
    }

    private mutating func misfortune(_ houseMoves: Bool) {
        for id in limits.boxes.map(\.id) {
            // Nobody changes cars within 20 s.
            if random.chance(2), now - (boxes[id]?.pluggedAt ?? 0) >= seconds(20) { plug(id) }
            if now >= lines[id]?.untilWell ?? 0 {
                lines[id]?.isDeaf = false
                lines[id]?.isMute = false
                if random.chance(1) {
                    lines[id]?.isMute = random.chance(60)
                    lines[id]?.isDeaf = random.chance(60)
                    lines[id]?.untilWell = now + seconds(Double(Int.random(in: 2...90, using: &random)))
                }
            }
        }
        if Int.random(in: 0..<400, using: &random) == 0 { restart() }
        if Int.random(in: 0..<200, using: &random) == 0 {
            meterBackAt = now + seconds(Double(Int.random(in: 2...40, using: &random)))
        }
        guard houseMoves, random.chance(3) else { return }
        let node = Int.random(in: house.indices, using: &random)
        guard case .metered(let worst?) = limits.loads[limits.tree.nodes[node].id], node == 0 else { return }
        house[node] = PhaseCurrents(
            Int.random(in: 0...worst.l1, using: &random), Int.random(in: 0...worst.l2, using: &random),
            Int.random(in: 0...worst.l3, using: &random))
        houseRose = now
    }

    private mutating func plug(_ id: String) {
        let isPlugged = !(boxes[id]?.isPlugged ?? false)
        boxes[id]?.plug(isPlugged, now)
        boxes[id]?.want = random.pick([7000, 12_000, 16_000, 16_000, 16_000])
        boxes[id]?.phases = random.pick([1, 2, 3, 3])
        snapshots[id]?.state = isPlugged ? .c : .a
        if !isPlugged { memory.apply(.unplugged, to: id) }
    }

    private mutating func restart() {
        memory = stored
        memory.restart(at: now)
        stored = memory
        for id in limits.boxes.map(\.id) {
            // What is on its way stays on its way; its answer finds nobody.
            if let open = lines[id]?.open, open.order != nil { lines[id]?.late.append(open) }
            lines[id]?.open = nil
            lines[id]?.waiting = nil
            lines[id]?.connection += 1
            lines[id]?.timeouts = 0
        }
    }
}

extension SimulatedSite {
    private mutating func exchange(_ id: String) {
        guard var line = lines[id], var box = boxes[id] else { return }
        for frame in line.late where frame.arrives.map({ $0 <= now }) ?? true {
            if let order = frame.order, frame.arrives != nil { box.hear(order.value, now, &random) }
        }
        line.late.removeAll { $0.arrives.map { $0 <= now } ?? true }
        if var frame = line.open {
            if let arrives = frame.arrives, arrives <= now {
                frame.arrives = nil
                if line.isDeaf {
                    frame.answers = nil
                } else {
                    box.hear(frame.order?.value, now, &random)
                    frame.register = box.register
                    frame.drawn = box.atTerminals
                    if line.isMute || random.chance(3) { frame.answers = nil }
                }
            }
            line.open = frame
            if frame.arrives == nil, let answers = frame.answers, answers <= now {
                answer(id, frame, line.connection)
                line.open = nil
                line.timeouts = 0
            } else if now - frame.sent >= seconds(1) {
                giveUp(id, frame, &line)
            }
        } else if line.waiting != nil || memory.bookings[id]?.mayBePolled(at: now) ?? false {
            send(id, &line)
        }
        lines[id] = line
        boxes[id] = box
    }

    private mutating func send(_ id: String, _ line: inout Line) {
        var frame = Frame(sent: now)
        if let order = line.waiting {
            frame.order = order
            line.waiting = nil
            memory.apply(.sent(number: order.number, at: now, connection: line.connection), to: id)
        } else {
            memory.apply(.polled(at: now), to: id)
        }
        let travel = Int64.random(in: 0...seconds(0.4), using: &random)
        frame.arrives = random.chance(4) ? nil : now + travel
        frame.answers = frame.arrives.map { $0 + Int64.random(in: 0...seconds(0.4), using: &random) }
        line.open = frame
    }

    private mutating func answer(_ id: String, _ frame: Frame, _ connection: Int) {
        if let order = frame.order {
            memory.apply(.answered(number: order.number, at: now), to: id)
            return
        }
        memory.apply(.readBack(frame.register, at: frame.sent, connection: connection), to: id)
        memory.apply(.measured(frame.drawn, at: frame.sent), to: id)
        stored = memory
    }

    private mutating func giveUp(_ id: String, _ frame: Frame, _ line: inout Line) {
        if let order = frame.order {
            memory.apply(.unanswered(number: order.number, at: now), to: id)
            let queue = limits.boxes.first { $0.id == id }?.ability.queueTime ?? 0
            if queue > 0, frame.answers == nil, random.chance(50) {
                // It still waits in the gateway.
                var late = frame
                late.arrives = Int64.random(in: now...frame.sent + queue, using: &random)
                line.late.append(late)
            }
        }
        line.connection += 1
        line.open = nil
        line.timeouts += 1
        if line.timeouts == 2 { memory.apply(.lost(at: now), to: id) }
    }

    private mutating func judge() {
        for (node, circuit) in limits.tree.nodes.enumerated() {
            var sum = PhaseCurrents.zero
            for (below, load) in house.enumerated() where limits.tree.path(from: below).contains(node) { sum += load }
            for box in boxes.values where path(box).contains(node) { sum += box.most(at: now) }
            let isMetered = if case .metered = limits.loads[circuit.id] { true } else { false }
            // Behind a meter the chain counts: 10 s of age, a tick, a round of 3 s, pacing and car 5 s each.
            guard !isMetered || now - houseRose > seconds(24) else { continue }
            for phase in Phase.allCases where sum[phase] > circuit.limit[phase] {
                violations.append(
                    "\(Double(now) / 1e9) s: \(circuit.id) \(phase) \(sum[phase]) mA > \(circuit.limit[phase])")
            }
        }
    }

    /// Records every box that may draw more than the host has booked for it.
    private mutating func judgeBookings() {
        for (id, box) in boxes {
            guard let booking = memory.bookings[id] else { continue }
            let margin = booking.current(at: now) - box.most(at: now)
            guard margin.smallest < 0 else { continue }
            underbooked.append(
                "\(Double(now) / 1e9) s: \(id) may draw \(-margin.smallest) mA more than booked; told "
                    + "\(booking.told.map { ($0.value, $0.progress, $0.bookedUntil) }), shown \(box.pilots)")
        }
    }
}
