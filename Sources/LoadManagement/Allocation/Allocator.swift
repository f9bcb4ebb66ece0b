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
        let order = input.boxes.indices.sorted { a, b in
            let (first, second) = (input.boxes[a], input.boxes[b])
            return (second.priority, first.queue, a) < (first.priority, second.queue, b)
        }
        var sharing = Sharing(input, boxes: order.map { input.boxes[$0] })
        let classes = sharing.classes
        var changed = sharing.admit()
        while changed {
            changed = false
            for ranks in classes { changed = sharing.fill(ranks) || changed }
            // Without an unbalance limit what is given never makes room for anybody else.
            guard input.unbalance != nil else { break }
            changed = sharing.admit() || changed
        }
        var result = [Allocation](repeating: Allocation(current: 0, reason: .max), count: order.count)
        for (rank, index) in order.enumerated() {
            result[index] = Allocation(
                current: sharing.current[rank], reason: sharing.reason(rank, tree: input.tree))
        }
        return result
    }
}
