/// Every limit that can bind, flattened to a list, and for every box the limits it counts on.
///
/// A limit is a room in milliamperes that the boxes use up with a weight: 1 for a phase of a circuit, the number of
/// phases for a power budget. Limits that all boxes at their maximum cannot reach are left out.
struct ConstraintTable {
    enum Kind: Hashable {
        case node(Int, Phase)
        case budget(Int)
        /// All boxes together on one phase; it is given a room only while the unbalance limit is searched.
        case phase(Phase)
    }

    struct Link {
        var constraint: Int32
        var weight: Int32
    }

    private(set) var kinds: [Kind] = []
    /// The room of each limit before any box gets anything.
    private(set) var room: [Int] = []
    /// The links of all boxes, one box after the other.
    private(set) var links: [Link] = []
    /// Where the links of box `i` are: `first[i]..<first[i + 1]`.
    private(set) var first: [Int] = [0]
    /// Where the three `phase` limits begin; nil without an unbalance limit.
    private(set) var phaseLimits: Int?

    /// A room that is never used up.
    static let plenty = Int.max / 4

    /// Flattens `input` for its `boxes`, which are in order of rank.
    init(_ input: AllocationInput, boxes: [BoxDemand]) {
        var byNode = addNodes(input, boxes)
        addBudgets(input, boxes, &byNode)
        if input.unbalance != nil {
            phaseLimits = kinds.count
            for phase in Phase.allCases { add(.phase(phase), room: Self.plenty) }
        }
        first.reserveCapacity(boxes.count + 1)
        for box in boxes {
            let supply = box.rotation.supply(of: box.terminals)
            for index in byNode[box.node] { link(index, supply, box) }
            if let phaseLimits { for index in phaseLimits..<phaseLimits + 3 { link(index, supply, box) } }
            first.append(links.count)
        }
    }

    private mutating func add(_ kind: Kind, room: Int) {
        kinds.append(kind)
        self.room.append(room)
    }

    private mutating func link(_ index: Int, _ supply: PhaseSet, _ box: BoxDemand) {
        switch kinds[index] {
        case .node(_, let phase), .phase(let phase):
            if supply.contains(phase) { links.append(Link(constraint: Int32(index), weight: 1)) }
        case .budget: links.append(Link(constraint: Int32(index), weight: Int32(box.terminals.count)))
        }
    }

    /// Adds the circuits' limits, and answers with the limits on each node's way up, its own first.
    private mutating func addNodes(_ input: AllocationInput, _ boxes: [BoxDemand]) -> [[Int]] {
        let tree = input.tree
        var wanted = [PhaseCurrents](repeating: .zero, count: tree.nodes.count)
        for box in boxes {
            wanted[box.node] += PhaseCurrents(box.maximum, on: box.rotation.supply(of: box.terminals))
        }
        var reserved = [PhaseCurrents](repeating: .zero, count: tree.nodes.count)
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

    private mutating func addBudgets(_ input: AllocationInput, _ boxes: [BoxDemand], _ byNode: inout [[Int]]) {
        for (number, budget) in input.budgets.enumerated() {
            let covered = input.tree.nodes.indices.map { node in
                budget.node.map { input.tree.path(from: node).contains($0) } ?? true
            }
            let wanted = boxes.reduce(0) { $0 + (covered[$1.node] ? $1.maximum * $1.terminals.count : 0) }
            let reserved = input.reserved.reduce(0) { $0 + (covered[$1.node] ? $1.total : 0) }
            guard wanted > budget.current - reserved else { continue }
            for node in byNode.indices where covered[node] { byNode[node].append(kinds.count) }
            add(.budget(number), room: budget.current - reserved)
        }
    }
}
