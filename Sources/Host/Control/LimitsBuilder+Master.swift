import LoadManagement

extension LimitsBuilder {
    /// The circuit that stands for the limit of a master above; no site file can name one so.
    static let masterCircuit = "the master's limit"

    /// The limits with one more circuit right below the supply, which all boxes hang on and no other load: it carries what
    /// the master allows. nil where such a tree cannot be.
    func below(_ master: Int, _ limits: SiteLimits) -> SiteLimits? {
        let current = max(0, min(master, CircuitTree.largestCurrent))
        var nodes: [CircuitNode] = []
        for var node in circuits {
            if node.parent == "supply" { node.parent = Self.masterCircuit }
            nodes.append(node)
            if node.id == "supply" {
                nodes.append(
                    CircuitNode(id: Self.masterCircuit, limit: PhaseCurrents(each: current), parent: "supply"))
            }
        }
        guard let tree = try? CircuitTree(nodes) else { return nil }
        var limits = limits
        limits.tree = tree
        for place in limits.boxes.indices where limits.boxes[place].node == "supply" {
            limits.boxes[place].node = Self.masterCircuit
        }
        return limits
    }
}
