extension AllocationInput {
    /// A made-up site to measure speed with: `boxes` boxes of mixed phases, rotations and maxima on `nodes` circuits in a
    /// tree, where about half of the circuits are too small for their boxes. The same numbers give the same site.
    public static func synthetic(boxes: Int, nodes: Int, hasUnbalance: Bool = false) throws(CircuitError) -> Self {
        var state: UInt64 = 1
        func number(below bound: Int) -> Int {
            // Knuth's 64-bit linear congruential generator (MMIX); the low bits are poor, so the high ones are used.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let share = boxes / Swift.max(1, nodes) + 1
        var circuits = [CircuitNode(id: "main", limit: PhaseCurrents(each: boxes * 9000))]
        for place in 1..<Swift.max(2, nodes) {
            let parent = circuits[number(below: Swift.min(place, 4))].id
            circuits.append(
                CircuitNode(
                    id: "circuit \(place)", limit: PhaseCurrents(each: share * (4000 + number(below: 16) * 1000)),
                    parent: parent))
        }
        let tree = try CircuitTree(circuits)
        let demands = (0..<boxes).map { place in
            BoxDemand(
                id: "box \(place)", node: number(below: tree.nodes.count),
                maximum: [11_000, 16_000, 20_000, 32_000][number(below: 4)],
                terminals: PhaseSet(first: [1, 2, 3, 3][number(below: 4)]),
                rotation: Rotation.allCases[number(below: Rotation.allCases.count)],
                priority: number(below: 3), queue: place)
        }
        return AllocationInput(
            tree: tree, boxes: demands, budgets: [WattBudget(milliwatts: boxes * 4_000_000)],
            unbalance: hasUnbalance ? 20_000 : nil)
    }
}
