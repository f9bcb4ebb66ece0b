import LoadManagement
import Recording
import TestTools

/// A site whose boxes, cars, lines and limits do at random what they do on site, second by second, so that every kind of
/// event and order occurs. It says nothing about whether decisions are right.
struct DrivenSite {
    /// How unlucky the site is.
    enum Luck { case calm, rough }

    var limits: SiteLimits
    var journal = MemoryJournal(Memory())
    private(set) var now: Moment = 1_000_000_000_000
    private var random: SeededGenerator
    private var boxes: [Box]
    private let luck: Luck
    private var house = 3000

    private struct Box {
        var id: String
        var wantsCurrent = false
        var connection = 1
        var value = 0
        var drawn = 0
        var isDead = false
        var phase: Moment
        var latency: Moment
        var orders: [Order] = []
    }

    init(boxes count: Int, seed: Int, luck: Luck) throws {
        var random = SeededGenerator(seed: seed)
        let tree = try CircuitTree([
            CircuitNode(id: "supply", limit: PhaseCurrents(each: 12_000 * count), reserve: 1000),
            CircuitNode(id: "parking", limit: PhaseCurrents(each: 9000 * count), parent: "supply"),
        ])
        let setups = (0..<count).map { place in
            let ability = BoxAbility(
                maximum: 16_000,
                watchdog: random.chance(60) ? .init(timeout: 60_000_000_000, fallback: 0) : nil, hasMeter: true)
            return BoxSetup(
                id: "box.\(place)", node: random.chance(70) ? "parking" : "supply",
                rotation: random.pick(Rotation.allCases), ability: ability)
        }
        limits = SiteLimits(
            tree: tree, loads: ["supply": .metered(worst: PhaseCurrents(each: 20_000))], boxes: setups,
            unbalance: random.chance(50) ? 20_000 : nil)
        boxes = setups.map { setup in
            Box(
                id: setup.id, phase: Moment.random(in: 0..<900_000_000, using: &random),
                latency: Moment.random(in: 3_000_000..<30_000_000, using: &random))
        }
        self.random = random
        self.luck = luck
        journal.restart(at: now)
    }

    /// One second.
    mutating func tick() -> RecordedTick {
        for place in boxes.indices { live(place) }
        if luck == .rough { mishap() }
        now += 1_000_000_000 + Moment.random(in: -60_000...60_000, using: &random)
        let recorded = journal.step(snapshot(), limits: limits, now: now)
        for order in recorded.tick.decision.orders {
            guard let place = boxes.firstIndex(where: { $0.id == order.box }) else { continue }
            if luck == .rough, random.chance(5) {
                journal.apply(.withdrawn(number: order.number), to: order.box)
            } else {
                journal.apply(.sent(number: order.number, at: now, connection: boxes[place].connection), to: order.box)
                boxes[place].orders.append(order)
            }
        }
        return recorded
    }

    private mutating func live(_ place: Int) {
        if random.chance(luck == .calm ? 0 : 3) || Int.random(in: 0..<1200, using: &random) == 0 { plug(place) }
        let box = boxes[place]
        let asked = now + box.phase + Moment.random(in: 0...100_000, using: &random)
        journal.apply(.polled(at: asked), to: box.id)
        guard !box.isDead else { return }
        for order in box.orders { end(order, place, at: asked) }
        boxes[place].orders = []
        let target = box.wantsCurrent ? min(boxes[place].value, 16_000) : 0
        if abs(boxes[place].drawn - target) > 300 { boxes[place].drawn = (boxes[place].drawn + target) / 2 }
        if boxes[place].drawn > 0 { boxes[place].drawn = target + Int.random(in: -40...20, using: &random) }
        let answered = asked + box.latency + Moment.random(in: 0...2_000_000, using: &random)
        journal.apply(.heard(at: answered), to: box.id)
        let drawn = PhaseCurrents(
            max(0, boxes[place].drawn), max(0, boxes[place].drawn + 10), max(0, boxes[place].drawn - 20))
        journal.apply(.measured(drawn, at: answered), to: box.id)
        journal.apply(.readBack(boxes[place].value, at: answered, connection: box.connection), to: box.id)
    }

    private mutating func plug(_ place: Int) {
        boxes[place].wantsCurrent.toggle()
        if !boxes[place].wantsCurrent { journal.apply(.unplugged, to: boxes[place].id) }
    }

    private mutating func end(_ order: Order, _ place: Int, at moment: Moment) {
        let outcome = luck == .calm ? 99 : Int.random(in: 0..<100, using: &random)
        switch outcome {
        case 0..<5: journal.apply(.refused(number: order.number, at: moment), to: order.box)
        case 5..<10:
            journal.apply(.unanswered(number: order.number, at: moment), to: order.box)
            boxes[place].connection += 1
        default:
            boxes[place].value = order.value
            journal.apply(.answered(number: order.number, at: moment), to: order.box)
        }
    }

    private mutating func mishap() {
        for place in boxes.indices where random.chance(1) {
            boxes[place].isDead.toggle()
            if boxes[place].isDead { journal.apply(.lost(at: now), to: boxes[place].id) }
            boxes[place].connection += 1
        }
        if random.chance(3) { house = Int.random(in: -4000...18_000, using: &random) }
        switch Int.random(in: 0..<300, using: &random) {
        case 1: limits.calm.patience = random.pick([5, 30]) * 1_000_000_000
        case 2: limits.budgets = random.chance(50) ? [] : [PowerLimit(milliwatts: 9_000_000, node: "parking")]
        case 3: if limits.boxes.count > 2 { limits.boxes.removeLast() }
        case 4: for box in boxes { journal.forget(box.id) }
        default: break
        }
    }

    private mutating func snapshot() -> Snapshot {
        let wishes = boxes.enumerated().compactMap { place, box -> BoxSnapshot? in
            guard limits.boxes.contains(where: { $0.id == box.id }) else { return nil }
            return BoxSnapshot(
                id: box.id, state: box.wantsCurrent ? (box.drawn > 0 ? .c : .b) : .a, priority: place % 2, queue: place,
                withheld: box.isDead ? .fault : nil)
        }
        let load = boxes.reduce(house) { $0 + $1.drawn }
        let current = PhaseCurrents(
            load + Int.random(in: -50...50, using: &random), load + Int.random(in: -50...50, using: &random),
            load + Int.random(in: -50...50, using: &random))
        let sample = MeterSample(
            at: now - 400_000_000 + Moment.random(in: 0...1_000_000, using: &random), current: current,
            counter: now / 1_000_000_000, words: random.next())
        return Snapshot(boxes: wishes, meters: ["supply": sample])
    }
}
