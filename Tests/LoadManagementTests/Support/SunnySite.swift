import LoadManagement
import TestTools

/// A site with sun on its roof, a second at a time: cars follow late, the meters of the grid and of the boxes lag behind
/// each other, boxes switch their phases a little after they are told to.
struct SunnySite {
    struct Car {
        var terminals = PhaseSet.all
        var drawn = 0
        var isPlugged = true
        var want = 32_000
        /// What it is told now, and what it was told before and may still follow.
        var told = 0
        var follows: (at: Int, value: Int)?
    }

    var limits: SiteLimits
    var boxes: [BoxSnapshot]
    var budgets: [PowerLimit] = []
    /// What roof and house come to, in milliwatts; positive is surplus.
    var sun = 0
    /// The error of the grid's meter, in milliwatts either way.
    var noise = 0
    /// How old the grid's reading is, in seconds.
    var lag = 2
    var random: SeededGenerator
    private(set) var cars: [String: Car] = [:]
    private(set) var orders: [(time: Int, order: Order)] = []
    private(set) var decision: Decision?
    /// Moments at which terminals changed while current flowed.
    private(set) var switchedUnderLoad: [String] = []
    private var memory = Memory()
    private var open: [(due: Int, order: Order)] = []
    private var grid: [Int] = []
    private var time = 0

    init(_ limits: SiteLimits, _ boxes: [BoxSnapshot], seed: Int) {
        self.limits = limits
        self.boxes = boxes
        random = SeededGenerator(seed: seed)
        for box in limits.boxes { cars[box.id] = Car() }
    }

    /// What the box draws at its terminals.
    func drawn(_ id: String) -> PhaseCurrents {
        guard let car = cars[id] else { return .zero }
        return PhaseCurrents(car.drawn, on: car.terminals)
    }

    func power(_ id: String) -> Int { 230 * (drawn(id).l1 + drawn(id).l2 + drawn(id).l3) }

    mutating func second() {
        time += 1
        for id in limits.boxes.map(\.id) { follow(id) }
        let all = limits.boxes.reduce(0) { $0 + power($1.id) }
        grid.append(all - sun + (noise == 0 ? 0 : Int.random(in: -noise...noise, using: &random)))
        answer()
        for box in limits.boxes {
            memory.apply(.measured(drawn(box.id), at: seconds(Double(time))), to: box.id)
        }
        let users = boxes.filter { $0.mode == .surplus || $0.mode == .minSurplus }.reduce(0) { $0 + power($1.id) }
        let seen = grid[max(0, grid.count - 1 - lag)]
        let snapshot = Snapshot(boxes: boxes, budgets: budgets, surplus: Surplus.power(grid: seen, boxes: users))
        let step = LoadControl.step(snapshot, limits: limits, memory: memory, now: seconds(Double(time)))
        decision = step.decision
        memory = step.memory
        for order in step.decision.orders {
            orders.append((time, order))
            memory.apply(.sent(number: order.number, at: seconds(Double(time)), connection: 1), to: order.box)
            open.append((time + Int.random(in: 1...2, using: &random), order))
        }
    }

    private mutating func answer() {
        for (_, order) in open.filter({ $0.due <= time }) {
            memory.apply(.answered(number: order.number, at: seconds(Double(time))), to: order.box)
            if cars[order.box]?.terminals != order.terminals {
                if cars[order.box]?.drawn ?? 0 > 0 || order.value > 0 {
                    switchedUnderLoad.append("\(time) s: \(order)")
                }
                cars[order.box]?.terminals = order.terminals
            }
            cars[order.box]?.told = order.value
            cars[order.box]?.follows = (time + Int.random(in: 0...4, using: &random), order.value)
        }
        open.removeAll { $0.due <= time }
        for box in limits.boxes {
            guard let car = cars[box.id] else { continue }
            memory.apply(.readBack(car.told, at: seconds(Double(time)), connection: 1), to: box.id)
            memory.apply(.phases(car.terminals, at: seconds(Double(time))), to: box.id)
        }
    }

    private mutating func follow(_ id: String) {
        guard var car = cars[id] else { return }
        if let (at, value) = car.follows, at <= time {
            car.drawn = value
            car.follows = nil
        }
        car.drawn = car.isPlugged ? min(car.drawn, car.want) : 0
        cars[id] = car
    }

    mutating func plug(_ place: Int, _ isPlugged: Bool) {
        boxes[place].state = isPlugged ? .c : .a
        cars[boxes[place].id]?.isPlugged = isPlugged
        if !isPlugged { memory.apply(.unplugged, to: boxes[place].id) }
    }
}
