import LoadManagement

/// The rules of the design as plain sums, written down once more and without any of the allocator's short cuts: every
/// limit is `coefficients · currents ≤ bound`.
struct LinearLimits {
    var rows: [(coefficients: [Int], bound: Int)] = []

    init(_ input: AllocationInput) {
        let boxes = input.boxes
        let supply = boxes.map { $0.rotation.supply(of: $0.terminals) }
        for (node, circuit) in input.tree.nodes.enumerated() {
            let below = { (other: Int) in input.tree.path(from: other).contains(node) }
            for phase in Phase.allCases {
                let held = input.reserved.filter { below($0.node) }.map { $0.current[phase] }.reduce(0, +)
                rows.append(
                    (
                        boxes.indices.map { below(boxes[$0].node) && supply[$0].contains(phase) ? 1 : 0 },
                        circuit.limit[phase] - circuit.reserve - max(0, input.base[node][phase]) - held
                    ))
            }
        }
        for budget in input.budgets {
            let counts = { (node: Int) in budget.node.map { input.tree.path(from: node).contains($0) } ?? true }
            let held = input.reserved.filter { counts($0.node) }.map(\.total).reduce(0, +)
            rows.append(
                (boxes.map { counts($0.node) ? $0.terminals.count : 0 }, budget.milliwatts / 230 - held))
        }
        if let unbalance = input.unbalance { addUnbalance(unbalance, input, supply) }
    }

    /// Every phase against every other. A current of unknown phase may lie on the fuller of both only; silent boxes that
    /// already pass the limit alone do not stop those who do not make it worse.
    private mutating func addUnbalance(_ limit: Int, _ input: AllocationInput, _ supply: [PhaseSet]) {
        let known = input.boxes.map { $0.rotation != .unknown || $0.terminals == .all }
        let high = input.reserved.reduce(PhaseCurrents.zero) { $0 + $1.current }
        let low = input.reserved.filter(\.splitIsKnown).reduce(PhaseCurrents.zero) { $0 + $1.current }
        let allowed = max(limit, high.largest - low.smallest)
        for full in Phase.allCases {
            for empty in Phase.allCases {
                let row = input.boxes.indices.map { box in
                    (supply[box].contains(full) ? 1 : 0) - (known[box] && supply[box].contains(empty) ? 1 : 0)
                }
                rows.append((row, allowed - high[full] + low[empty]))
            }
        }
    }

    func hold(_ currents: [Int]) -> Bool {
        rows.allSatisfy { row in zip(row.coefficients, currents).reduce(0) { $0 + $1.0 * $1.1 } <= row.bound }
    }

    /// Limits that the base load and silent boxes pass by themselves bind nobody who does not count on them.
    func hold(_ currents: [Int], countingOnly box: Int) -> Bool {
        rows.allSatisfy { row in
            row.coefficients[box] <= 0 || zip(row.coefficients, currents).reduce(0) { $0 + $1.0 * $1.1 } <= row.bound
        }
    }
}
