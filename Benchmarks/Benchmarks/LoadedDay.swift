import LoadManagement

/// A day of 25 boxes behind a supply that is too small for them: cars come and go, the house lives, every box is read
/// every second and follows what it is told.
struct LoadedDay {
    /// How many ticks, one a second.
    var ticks = 86_400
    /// How many boxes, five to a circuit.
    static let boxes = 25

    private static let second: Moment = 1_000_000_000
    /// What a car takes, in milliampere seconds on a phase: about four hours at 16 A.
    private static let battery = 230_000_000

    /// A car at a box.
    private struct Car {
        /// The tick it comes at next, or came at.
        var comes: Int
        /// What it still wants, in milliampere seconds on a phase.
        var wants = LoadedDay.battery
        /// What its box was told last, and draws two seconds later.
        var told = 0
        var draws = 0

        /// Plugged in from when it comes until an hour after it is full, at most for nine hours.
        mutating func isThere(at tick: Int) -> Bool {
            guard tick >= comes else { return false }
            guard tick < comes + 9 * 3600 else {
                comes = tick + 2 * 3600
                wants = LoadedDay.battery
                return false
            }
            return true
        }
    }

    /// Runs the day, and answers with what was charged, in ampere hours on a phase, and how many orders it took.
    func run() throws -> (ampereHours: Int, orders: Int) {
        let limits = try limits()
        var memory = Memory()
        var cars = (0..<Self.boxes).map { Car(comes: $0 * 997 % 14_400) }
        var (charged, orders) = (0, 0)
        for tick in 0..<ticks {
            let now = Moment(tick + 1000) * Self.second
            var states: [CarState] = []
            var load = house(tick)
            for box in cars.indices {
                let isThere = cars[box].isThere(at: tick)
                states.append(isThere ? (cars[box].wants > 0 ? .c : .b) : .a)
                let draws = isThere && cars[box].wants > 0 ? cars[box].told : 0
                cars[box].draws = draws
                cars[box].wants -= draws
                charged += draws
                load += PhaseCurrents(each: draws)
                let id = Self.names[box]
                memory.apply(.measured(PhaseCurrents(each: draws), at: now - 200_000_000), to: id)
                memory.apply(.readBack(cars[box].told, at: now - 100_000_000, connection: 1), to: id)
            }
            let snapshot = Snapshot(
                boxes: cars.indices.map { BoxSnapshot(id: Self.names[$0], state: states[$0], queue: $0) },
                meters: ["supply": MeterSample(at: now, current: load, counter: Int64(tick), words: UInt64(tick))])
            let (decision, next) = LoadControl.step(snapshot, limits: limits, memory: consume memory, now: now)
            memory = next
            for order in decision.orders {
                orders += 1
                memory.apply(.sent(number: order.number, at: now, connection: 1), to: order.box)
                memory.apply(.answered(number: order.number, at: now + 1), to: order.box)
                if let box = Self.names.firstIndex(of: order.box) { cars[box].told = order.value }
            }
        }
        return (charged / 3_600_000, orders)
    }

    private static let names = (0..<boxes).map { "box \($0)" }

    /// What the house draws: a base, an evening, and a cooker that goes on and off.
    private func house(_ tick: Int) -> PhaseCurrents {
        let hour = tick / 3600
        let evening = (17..<22).contains(hour) ? 12_000 : 3_000
        let cooker = tick / 240 % 5 == 0 ? 9_000 : 0
        return PhaseCurrents(each: evening + tick % 7 * 40) + PhaseCurrents(cooker, on: PhaseSet(first: 1))
    }

    private func limits() throws(CircuitError) -> SiteLimits {
        let tree = try CircuitTree(
            [CircuitNode(id: "supply", limit: PhaseCurrents(each: 125_000))]
                + (0..<5).map {
                    CircuitNode(id: "circuit \($0)", limit: PhaseCurrents(each: 63_000), parent: "supply")
                })
        return SiteLimits(
            tree: tree, loads: ["supply": .metered(worst: nil)],
            boxes: Self.names.indices.map { box in
                BoxSetup(
                    id: Self.names[box], node: "circuit \(box / 5)", rotation: [.r123, .r231, .r312][box % 3],
                    ability: BoxAbility(
                        maximum: [16_000, 32_000][box % 2], terminals: PhaseSet(first: 3),
                        watchdog: BoxAbility.Watchdog(timeout: 60 * Self.second, fallback: 0), hasMeter: true))
            })
    }
}
