extension Sharing {
    /// Why the box `rank` does not get more.
    func reason(_ rank: Int, tree: CircuitTree) -> Reason {
        current[rank] > 0 ? reasonOfCharging(rank, tree) : reasonOfWaiting(rank, tree)
    }

    private func reasonOfCharging(_ rank: Int, _ tree: CircuitTree) -> Reason {
        let step = boxes[rank].step
        if current[rank] + step > top[rank] { return .max }
        if let number = stopper[rank], room[number] < step * weight(of: rank, in: number) {
            return reason(number, tree)
        }
        return blocker(of: rank, more: step, room: room).map { reason($0, tree) } ?? .max
    }

    private func reasonOfWaiting(_ rank: Int, _ tree: CircuitTree) -> Reason {
        let box = boxes[rank]
        guard box.minimum <= box.maximum, !box.terminals.isEmpty else { return .max }
        if let number = startBlocker(of: rank, room: table.room) { return reason(number, tree) }
        guard let number = startBlocker(of: rank, room: room),
            case .node(let node, let phase) = table.kinds[number]
        else { return .queue(node: nil, phase: nil) }
        return .queue(node: tree.nodes[node].id, phase: phase)
    }

    private func reason(_ number: Int, _ tree: CircuitTree) -> Reason {
        switch table.kinds[number] {
        case .node(let node, let phase): .node(tree.nodes[node].id, phase)
        case .budget(let place): .budget(table.causes[place])
        case .unbalance: .unbalance
        }
    }
}
