extension SingleScenario {
    /// What is to be shared, with the boxes that take part in the order of `boxes`.
    ///
    /// Throws `ScenarioError` where the scenario contradicts itself.
    public func input() throws(ScenarioError) -> AllocationInput {
        try check()
        let tree: CircuitTree
        do throws(CircuitError) {
            tree = try CircuitTree(
                nodes.sorted { $0.key < $1.key }.map { id, node in
                    CircuitNode(id: id, limit: node.limit, reserve: node.reserve, parent: node.parent)
                })
        } catch {
            throw .circuits(error)
        }
        var input = AllocationInput(
            tree: tree, base: tree.nodes.map { nodes[$0.id]?.base ?? .zero }, boxes: [],
            budgets: budget.map { [WattBudget(milliwatts: $0)] } ?? [], unbalance: unbalance)
        for (position, box) in boxes.enumerated() {
            guard let node = tree.index(of: box.node) else { throw .unknownNode(box: box.id, node: box.node) }
            let terminals = PhaseSet(first: box.phases)
            if let current = box.reserved {
                input.reserved.append(
                    FixedBooking(node: node, current: current, terminals: terminals, rotation: box.rotation))
            } else {
                input.boxes.append(
                    BoxDemand(
                        id: box.id, node: node, minimum: box.minimum, maximum: box.maximum, step: step,
                        terminals: terminals, rotation: box.rotation, priority: box.priority, queue: position))
            }
        }
        return input
    }

    private func check() throws(ScenarioError) {
        let current = 0...CircuitTree.largestCurrent
        try check(step, 1...CircuitTree.largestCurrent, "stepA")
        if let unbalance { try check(unbalance, current, "unbalanceA") }
        if let budget { try check(budget, -Self.largestPower...Self.largestPower, "budgetW") }
        for (id, node) in nodes {
            for phase in Phase.allCases {
                try check(node.base[phase], -current.upperBound...current.upperBound, "base of '\(id)'")
            }
        }
        var seen: Set<String> = []
        for box in boxes {
            guard seen.insert(box.id).inserted else { throw .duplicateBox(box.id) }
            try check(box.phases, 1...3, "phases of '\(box.id)'")
            try check(box.minimum, 1...CircuitTree.largestCurrent, "min of '\(box.id)'")
            try check(box.maximum, current, "max of '\(box.id)'")
            try check(box.reserved ?? 0, current, "reserved of '\(box.id)'")
            try check(box.priority, InputBounds.priority, "priority of '\(box.id)'")
        }
    }

    private func check(_ value: Int, _ range: ClosedRange<Int>, _ what: String) throws(ScenarioError) {
        guard range.contains(value) else { throw .outOfRange(what: what, range: range) }
    }

    /// 1 TW in milliwatts.
    private static let largestPower = 1_000_000_000_000_000
}
