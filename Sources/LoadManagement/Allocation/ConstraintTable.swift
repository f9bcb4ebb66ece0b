/// Every limit that can bind, flattened to a list, and for every box the limits it counts on.
///
/// A limit is a room in milliamperes that the boxes use up with a weight: 1 for a phase of a circuit, the number of
/// phases for a power budget. With an unbalance limit a box on the emptier phase has the weight -1: it makes room.
/// Limits that all boxes at their maximum cannot reach are left out.
struct ConstraintTable {
    enum Kind: Hashable {
        case node(Int, Phase)
        case budget(Int)
        /// How much fuller one phase may be than another, over all boxes.
        case unbalance(full: Phase, empty: Phase)
    }

    struct Link {
        var constraint: Int32
        var weight: Int32
    }

    private(set) var kinds: [Kind] = []
    /// The room of each limit before any box gets anything.
    private(set) var room: [Int] = []
    /// Who limits each budget.
    let causes: [PowerCause?]
    /// The links of all boxes, one box after the other.
    private(set) var links: [Link] = []
    /// Where the links of box `i` are: `first[i]..<first[i + 1]`.
    private(set) var first: [Int] = [0]
    /// Flattens `input` for its `boxes`, which are in order of rank.
    init(_ input: AllocationInput, boxes: [BoxDemand]) {
        causes = input.budgets.map(\.cause)
        var byNode = addNodes(input, boxes)
        let byName = addBudgets(input, boxes, &byNode)
        let pairs = addUnbalance(input)
        first.reserveCapacity(boxes.count + 1)
        for box in boxes {
            let supply = box.rotation.supply(of: box.terminals)
            for index in byNode[box.node] { link(index, supply, box) }
            for (index, covered, names) in byName where covered[box.node] && names.contains(box.id) {
                link(index, supply, box)
            }
            for index in pairs { link(index, supply, box) }
            first.append(links.count)
        }
    }

    /// Whether the limit `number` is a surplus.
    func isSurplus(_ number: Int) -> Bool {
        guard case .budget(let place) = kinds[number] else { return false }
        return causes[place] == .surplus
    }

    private mutating func add(_ kind: Kind, room: Int) {
        kinds.append(kind)
        self.room.append(room)
    }

    private mutating func link(_ index: Int, _ supply: PhaseSet, _ box: BoxDemand) {
        switch kinds[index] {
        case .node(_, let phase):
            if supply.contains(phase) { links.append(Link(constraint: Int32(index), weight: 1)) }
        case .budget: links.append(Link(constraint: Int32(index), weight: Int32(box.terminals.count)))
        case .unbalance(let full, let empty):
            // A current whose phase is not known may lie on any: it counts on the fuller phase, not on the emptier one.
            let weight = (supply.contains(full) ? 1 : 0) - (supply.contains(empty) && box.splitIsKnown ? 1 : 0)
            if weight != 0 { links.append(Link(constraint: Int32(index), weight: Int32(weight))) }
        }
    }

    /// Adds the circuits' limits, and answers with the limits on each node's way up, its own first.
    private mutating func addNodes(_ input: AllocationInput, _ boxes: [BoxDemand]) -> [[Int]] {
        let tree = input.tree
        var wanted = [PhaseCurrents](repeating: .zero, count: tree.nodes.count)
        for box in boxes {
            wanted[box.node] += PhaseCurrents(
                max(0, box.maximum - box.floor), on: box.rotation.supply(of: box.terminals))
        }
        var reserved = [PhaseCurrents](repeating: .zero, count: tree.nodes.count)
        for box in boxes where box.reserved != .zero {
            reserved[box.node] += box.rotation.largestOnSupply(box.reserved)
        }
        for booking in input.reserved { reserved[booking.node] += booking.current }
        for node in tree.nodes.indices.reversed() {
            guard let parent = tree.parents[node] else { continue }
            wanted[parent] += wanted[node]
            reserved[parent] += reserved[node]
        }
        var byNode: [[Int]] = []
        for (node, circuit) in tree.nodes.enumerated() {
            let base = node < input.base.count ? input.base[node].withoutFeedIn : .zero
            let free = circuit.limit - PhaseCurrents(each: circuit.reserve) - base - reserved[node]
            var own: [Int] = []
            for phase in Phase.allCases where wanted[node][phase] > free[phase] {
                own.append(kinds.count)
                add(.node(node, phase), room: free[phase])
            }
            byNode.append(own + (tree.parents[node].map { byNode[$0] } ?? []))
        }
        return byNode
    }

    /// Adds the power budgets: to the way up of every node whose boxes all count; those that count only some boxes are
    /// answered with the nodes and the names that count.
    private mutating func addBudgets(
        _ input: AllocationInput, _ boxes: [BoxDemand], _ byNode: inout [[Int]]
    ) -> [(index: Int, covered: [Bool], names: Set<String>)] {
        var byName: [(index: Int, covered: [Bool], names: Set<String>)] = []
        for (number, budget) in input.budgets.enumerated() {
            let covered = input.tree.nodes.indices.map { node in
                budget.node.map { input.tree.path(from: node).contains($0) } ?? true
            }
            let wanted = boxes.reduce(0) { sum, box in
                let counts = covered[box.node] && budget.boxes?.contains(box.id) ?? true
                return sum + (counts ? box.maximum * box.terminals.count : 0)
            }
            var reserved = input.reserved.reduce(0) { sum, booking in
                let counts = covered[booking.node] && budget.counts(booking.box)
                return sum + (counts ? booking.total : 0)
            }
            if budget.countsReserves {
                for box in boxes where covered[box.node] && budget.counts(box.id) { reserved += box.reserved.sum }
            }
            guard wanted > budget.current - reserved else { continue }
            if let names = budget.boxes {
                byName.append((kinds.count, covered, names))
            } else {
                for node in byNode.indices where covered[node] { byNode[node].append(kinds.count) }
            }
            add(.budget(number), room: budget.current - reserved)
        }
        return byName
    }

    /// Whether what is kept free for a box has already been taken off a limit.
    func countsReserves(_ number: Int, _ input: AllocationInput) -> Bool {
        switch kinds[number] {
        case .node: true
        case .budget(let budget): input.budgets[budget].countsReserves
        case .unbalance: false
        }
    }

    /// Adds a limit for every phase against every other. If what is reserved passes the limit alone, it may not get worse,
    /// but boxes that keep the phases as far apart as they are are not punished for it.
    private mutating func addUnbalance(_ input: AllocationInput) -> Range<Int> {
        let begin = kinds.count
        guard let unbalance = input.unbalance else { return begin..<begin }
        let high = input.reserved.reduce(PhaseCurrents.zero) { $0 + $1.current }
        let low = input.reserved.reduce(PhaseCurrents.zero) { $0 + ($1.splitIsKnown ? $1.current : .zero) }
        let allowed = max(unbalance, high.largest - low.smallest)
        for full in Phase.allCases {
            for empty in Phase.allCases where empty != full {
                add(.unbalance(full: full, empty: empty), room: allowed - high[full] + low[empty])
            }
        }
        return begin..<kinds.count
    }
}
