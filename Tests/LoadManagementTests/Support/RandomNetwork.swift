import LoadManagement
import TestTools

/// What a random network may contain.
struct NetworkKind {
    var hasUnbalance = false
    var hasBudgets = true
    var hasClasses = true
    var hasCoarseSteps = false
}

/// A random network of 1 to 8 boxes on 1 to 4 circuits; about half of them are too small for everybody.
func randomNetwork(seed: Int, _ kind: NetworkKind = NetworkKind()) throws -> AllocationInput {
    var random = SeededGenerator(seed: seed)
    var nodes = [CircuitNode(id: "main", limit: limit(16...80, &random), reserve: random.chance(20) ? 2000 : 0)]
    for number in 1..<Int.random(in: 1...4, using: &random) + 1 {
        let parent = random.pick(nodes).id
        nodes.append(CircuitNode(id: "n\(number)", limit: limit(6...40, &random), parent: parent))
    }
    let tree = try CircuitTree(nodes)
    var input = AllocationInput(tree: tree, base: tree.nodes.map { _ in .zero }, boxes: [])
    if random.chance(50) {
        let flows = PhaseCurrents(amount(-8...20, &random), amount(-8...20, &random), amount(0...20, &random))
        input.base[0] = flows
    }
    for number in 0..<Int.random(in: 1...8, using: &random) {
        let node = Int.random(in: tree.nodes.indices, using: &random)
        let terminals = PhaseSet(first: random.pick([1, 1, 2, 3, 3, 3]))
        let rotation = random.pick(Rotation.allCases + [.r123, .r123])
        if random.chance(12) {
            let current = amount(0...16, &random)
            input.reserved.append(FixedBooking(node: node, current: current, terminals: terminals, rotation: rotation))
            continue
        }
        let isCoarse = kind.hasCoarseSteps && random.chance(40)
        input.boxes.append(
            BoxDemand(
                id: "box\(number)", node: node, minimum: random.chance(15) ? amount(6...9, &random) : 6000,
                maximum: random.chance(30) ? amount(6...32, &random) : random.pick([16_000, 32_000]),
                step: isCoarse ? 1000 : 100, terminals: terminals, rotation: rotation,
                priority: kind.hasClasses ? random.pick([0, 0, 0, 1, 2]) : 0, queue: number))
    }
    if kind.hasBudgets && random.chance(40) {
        input.budgets.append(WattBudget(milliwatts: Int.random(in: 1000...25_000, using: &random) * 1000))
    }
    if kind.hasBudgets && random.chance(15) {
        let node = Int.random(in: tree.nodes.indices, using: &random)
        input.budgets.append(WattBudget(milliwatts: Int.random(in: 3000...15_000, using: &random) * 1000, node: node))
    }
    if kind.hasUnbalance { input.unbalance = amount(6...25, &random) }
    return input
}

private func amount(_ amperes: ClosedRange<Int>, _ random: inout SeededGenerator) -> Int {
    Int.random(in: amperes.lowerBound * 10...amperes.upperBound * 10, using: &random) * 100
}

private func limit(_ amperes: ClosedRange<Int>, _ random: inout SeededGenerator) -> PhaseCurrents {
    let limit = PhaseCurrents(each: amount(amperes, &random))
    guard random.chance(20) else { return limit }
    return PhaseCurrents(limit.l1, amount(amperes, &random), limit.l3)
}
