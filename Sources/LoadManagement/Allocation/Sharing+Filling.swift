extension Sharing {
    /// The ranks of each priority class, the highest priority first.
    var classes: [Range<Int>] {
        var classes: [Range<Int>] = []
        var begin = 0
        for rank in boxes.indices.dropFirst() where boxes[rank].priority != boxes[begin].priority {
            classes.append(begin..<rank)
            begin = rank
        }
        if begin < boxes.count { classes.append(begin..<boxes.count) }
        return classes
    }

    /// Shares what is left among the charging boxes of one class: the exact share rounded down to whole steps, then the
    /// rest step by step. Answers whether anything was given.
    mutating func fill(_ ranks: Range<Int>) -> Bool {
        let rising = ranks.filter { canRise($0) }
        guard !rising.isEmpty else { return false }
        let water = WaterFilling(table: table, ranks: rising, current: current, maximum: { top[$0] }, room: room)
        for (place, rank) in rising.enumerated() {
            let step = boxes[rank].step
            add((water.reached[place] - current[rank]) / step * step, to: rank)
            stopper[rank] = water.stopper[place]
        }
        takeBack(from: rising)
        topUp(ranks)
        return true
    }

    /// Rounding down on an empty phase may leave a full one too full by less than a step of each box: then the highest boxes
    /// on the full phase give steps back, the last in the queue first.
    private mutating func takeBack(from rising: [Int]) {
        for number in table.kinds.indices where room[number] < 0 {
            guard case .unbalance = table.kinds[number] else { continue }
            var heap = LevelHeap()
            for rank in rising where weight(of: rank, in: number) > 0 && hasRisen(rank) {
                heap.push(-current[rank], -rank)
            }
            while room[number] < 0, let (_, negative) = heap.pop() {
                add(-boxes[-negative].step, to: -negative)
                if hasRisen(-negative) { heap.push(-current[-negative], negative) }
            }
        }
    }

    private func hasRisen(_ rank: Int) -> Bool { current[rank] > boxes[rank].minimum }

    /// Raises the lowest box by its step, at equal currents the first in the queue, until no box can be raised.
    ///
    /// Only with an unbalance limit can a raise make room for a box that could not be raised before; then the passes repeat.
    private mutating func topUp(_ ranks: Range<Int>) {
        var repeats = true
        while repeats {
            repeats = false
            var heap = LevelHeap()
            for rank in ranks where canRise(rank) { heap.push(current[rank], rank) }
            while let (_, rank) = heap.pop() {
                guard canRise(rank) else { continue }
                add(boxes[rank].step, to: rank)
                heap.push(current[rank], rank)
                repeats = hasUnbalance
            }
        }
    }
}
