/// Shares the free current among the boxes that want it.
///
/// Every box is first admitted with its minimum or made to wait, by priority, then queue. Then class by class what is
/// left is filled in, the lowest current first, so that the result is max-min fair to within two steps. In the end no
/// charging box can be raised by a step and no waiting box could be started.
public enum Allocator {
    /// What each of the input's boxes gets, in the order they are given in.
    ///
    /// The same input gives the same answer. The cost grows as n log n with the number of boxes.
    public static func allocate(_ input: AllocationInput) -> [Allocation] {
        let order = order(of: input.boxes)
        var sharing = Sharing(input, boxes: order.map { $0.map { input.boxes[$0] } } ?? input.boxes)
        let classes = sharing.classes
        var changed = sharing.admit()
        while changed {
            changed = false
            for ranks in classes { changed = sharing.fill(ranks) || changed }
            // Without an unbalance limit what is given never makes room for anybody else.
            guard input.unbalance != nil else { break }
            changed = sharing.admit() || changed
        }
        var result = [Allocation](repeating: Allocation(current: 0, reason: .max), count: input.boxes.count)
        for rank in result.indices {
            result[order?[rank] ?? rank] = Allocation(
                current: sharing.current[rank], reason: sharing.reason(rank, tree: input.tree))
        }
        return result
    }

    /// The places of the boxes in the order of sharing; nil if they are in that order already.
    private static func order(of boxes: [BoxDemand]) -> [Int]? {
        let isInOrder = boxes.indices.dropFirst().allSatisfy { place in
            (boxes[place].priority, boxes[place - 1].queue) <= (boxes[place - 1].priority, boxes[place].queue)
        }
        if isInOrder { return nil }
        return boxes.indices.sorted { a, b in
            (boxes[b].priority, boxes[a].queue, a) < (boxes[a].priority, boxes[b].queue, b)
        }
    }
}
