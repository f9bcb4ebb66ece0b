extension Sharing {
    /// Gives every waiting box its minimum, in order of rank, if all limits still hold; one that does not fit is skipped
    /// and the next is tried. Answers whether any box was started.
    ///
    /// Only with an unbalance limit can a later start make room for one that was skipped; then the passes repeat.
    mutating func admit() -> Bool {
        var anyone = false
        while true {
            var started = false
            for rank in boxes.indices where current[rank] == 0 && startFits(rank) {
                start(rank)
                started = true
            }
            anyone = anyone || started
            guard started, hasUnbalance else { return anyone }
        }
    }

    private func startFits(_ rank: Int) -> Bool {
        let box = boxes[rank]
        return box.minimum > 0 && box.minimum <= box.maximum && !box.terminals.isEmpty
            && startBlocker(of: rank, room: room) == nil
    }

    /// The first limit that does not let `rank` have its minimum; nil if all do.
    func startBlocker(of rank: Int, room: [Int]) -> Int? {
        let minimum = boxes[rank].minimum
        guard boxes[rank].hasFreeMinimum else { return blocker(of: rank, more: minimum, room: room) }
        return links(of: rank).first { link in
            link.weight > 0 && room[Int(link.constraint)] < minimum * Int(link.weight)
                && !table.isSurplus(Int(link.constraint))
        }.map { Int($0.constraint) }
    }

    private mutating func start(_ rank: Int) {
        add(boxes[rank].minimum, to: rank)
        guard boxes[rank].hasFreeMinimum else { return }
        for link in links(of: rank) where table.isSurplus(Int(link.constraint)) {
            giveBack(boxes[rank].minimum * Int(link.weight), to: Int(link.constraint))
        }
    }
}
