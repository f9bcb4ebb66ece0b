import LoadManagement

/// A site of boxes that change their pilot at once, on circuits given as (name, limit in A, parent).
func site(
    _ circuits: [(String, Int, String?)], _ boxes: [(id: String, node: String, phases: Int)], turn: Double? = 60,
    minimum: Int = 6000, step: Int = 100, hasMeter: Bool = false
) throws -> ScriptedSite {
    let tree = try CircuitTree(
        circuits.map { CircuitNode(id: $0.0, limit: PhaseCurrents(each: $0.1 * 1000), parent: $0.2) })
    let ability = BoxAbility(minimum: minimum, maximum: 32_000, step: step, pacing: 0, hasMeter: hasMeter)
    let setups = boxes.map { box in
        var ability = ability
        ability.terminals = PhaseSet(first: box.phases)
        return BoxSetup(id: box.id, node: box.node, ability: ability)
    }
    var site = ScriptedSite(SiteLimits(tree: tree, boxes: setups, turn: turn.map(seconds)))
    site.boxes = boxes.enumerated().map { BoxSnapshot(id: $1.id, state: .a, queue: $0) }
    return site
}

extension ScriptedSite {
    /// Gets to know its boxes, then plugs a car into each of them at 0 s.
    mutating func plugAll() {
        run(from: -30, through: -1)
        for place in boxes.indices { boxes[place].state = .c }
    }

    /// The boxes that are told a current.
    var charging: Set<String> { Set(told.filter { $0.value > 0 }.keys) }

    /// What every circuit's boxes were told together, against its limit; the boxes follow at once.
    func passesALimit() -> Bool {
        limits.tree.nodes.indices.contains { node in
            let sum = limits.boxes.reduce(PhaseCurrents.zero) { sum, box in
                guard let place = limits.tree.index(of: box.node), limits.tree.path(from: place).contains(node) else {
                    return sum
                }
                return sum + memory.bookings[box.id, default: BoxBooking(box)].current(at: .max / 2)
            }
            return Phase.allCases.contains { sum[$0] > limits.tree.nodes[node].limit[$0] }
        }
    }
}
