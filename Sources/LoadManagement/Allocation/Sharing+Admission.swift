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
                add(boxes[rank].minimum, to: rank)
                started = true
            }
            anyone = anyone || started
            guard started, hasUnbalance else { return anyone }
        }
    }

    private func startFits(_ rank: Int) -> Bool {
        let box = boxes[rank]
        return box.minimum > 0 && box.minimum <= box.maximum && !box.terminals.isEmpty
            && fits(rank, more: box.minimum)
    }
}
