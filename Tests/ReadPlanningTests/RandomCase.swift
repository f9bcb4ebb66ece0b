import ReadPlanning
import TestTools

/// A random set of points with random constraints on a random line.
struct RandomCase {
    var items: [PlanItem] = []
    var constraints = PlanConstraints()
    var line = LineTiming.tcp
    var latency = Duration.zero

    var planner: ReadPlanner { ReadPlanner(constraints: constraints, line: line, latency: latency) }

    init(seed: UInt64, most: Int = 12) {
        var random = SeededGenerator(seed: seed)
        let reach = random.pick(20, 60, 150, 400)
        line = random.pick(
            .tcp, .serial(9600, .none), .serial(2400, .none), .serial(19200, .even), .serial(38400, .none),
            .serial(115200, .none))
        latency = .microseconds(random.pick(0, random.number(0...2000), random.number(0...60_000)))
        for table in RegisterTable.allCases { constrain(table, reach, &random) }
        constraints.bridging = random.chance(80)
        constraints.merging = random.chance(85)
        if random.chance(10) { constraints.readFunction = [.holding: 4] }
        let base = random.chance(5) ? 0xFFFF - reach : 0
        let several = random.chance(15)
        let main = random.pick(RegisterTable.holding, .holding, .input, .coil)
        for index in 0..<random.number(1...most) {
            items.append(item(index, base, reach, several ? random.pick(main, .holding, .discrete) : main, &random))
        }
    }

    private mutating func constrain(_ table: RegisterTable, _ reach: Int, _ random: inout SeededGenerator) {
        if random.chance(70) { constraints.maxRead[table] = random.number(2...max(4, reach / 3)) }
        if random.chance(30) {
            let cut = random.number(1...reach)
            let apart = random.pick(1, 1, 2, 5)
            constraints.readable[table] = [0...cut, cut + apart...random.number(cut + apart...0xFFFF)]
        }
        if random.chance(20) {
            let at = random.number(0...reach)
            constraints.forbidden[table] = [at...at + random.number(0...2)]
        }
        if random.chance(20) {
            let at = random.number(0...reach)
            constraints.whole[table] = [at...at + random.number(0...6)]
        }
        if random.chance(25) {
            constraints.barriers[table] = Set((0...random.number(0...3)).map { _ in random.number(0...reach) })
        }
        if random.chance(15) { constraints.borders[table] = [random.number(0...reach)] }
    }

    private func item(
        _ index: Int, _ base: Int, _ reach: Int, _ table: RegisterTable, _ random: inout SeededGenerator
    ) -> PlanItem {
        PlanItem(
            points: ["p\(index)"], table: table, unit: random.chance(3) ? 5 : nil,
            address: base + random.number(0...reach),
            count: random.chance(8) ? random.number(1...30) : random.pick(1, 1, 2, 2, 4),
            atomic: random.chance(12) ? random.pick("a", "b") : nil, divisible: random.chance(30))
    }
}
