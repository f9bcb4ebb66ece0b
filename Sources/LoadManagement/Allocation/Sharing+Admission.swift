extension Sharing {
    /// Gives every waiting box its minimum, in order of rank, if all limits still hold; one that does not fit is skipped
    /// and the next is tried. Answers whether any box was started.
    ///
    /// Only with an unbalance limit can a later start make room for one that was skipped; then the passes repeat.
    mutating func admit() -> Bool {
        var anyone = false
        while true {
            var started = false
            for rank in boxes.indices where current[rank] == 0 {
                guard let current = startingCurrent(rank) else { continue }
                start(rank, with: current)
                started = true
            }
            anyone = anyone || started
            guard started, hasUnbalance else { return anyone }
        }
    }

    /// What a box starts with if it fits: its minimum, or all that is kept free for it anyway.
    private func startingCurrent(_ rank: Int) -> Int? {
        let box = boxes[rank]
        guard box.minimum > 0, box.minimum <= box.maximum, !box.terminals.isEmpty else { return nil }
        let kept = min(box.floor, top[rank])
        let start = kept - max(0, kept - box.minimum) % box.step
        if start > box.minimum, startBlocker(of: rank, more: start, room: room) == nil { return start }
        return startBlocker(of: rank, more: box.minimum, room: room) == nil ? box.minimum : nil
    }

    /// The first limit that does not let `rank` have its minimum; nil if all do.
    func startBlocker(of rank: Int, room: [Int]) -> Int? {
        startBlocker(of: rank, more: boxes[rank].minimum, room: room)
    }

    private func startBlocker(of rank: Int, more: Int, room: [Int]) -> Int? {
        guard boxes[rank].hasFreeMinimum else { return blocker(of: rank, more: more, room: room) }
        return blocker(of: rank, more: more, room: room) { table.isSurplus($0) }
    }

    private mutating func start(_ rank: Int, with current: Int) {
        add(current, to: rank)
        guard boxes[rank].hasFreeMinimum else { return }
        for link in links(of: rank) where table.isSurplus(Int(link.constraint)) {
            giveBack(boxes[rank].minimum * Int(link.weight), to: Int(link.constraint))
        }
    }
}
