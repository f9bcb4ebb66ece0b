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
        give(within(unbalanceOf: rising))
        topUp(ranks)
        return true
    }

    /// The filling of `rising` with at most `ceiling` milliamperes on any phase over all boxes.
    private func filling(_ rising: [Int], ceiling: Int?) -> Filled {
        var limited = room
        if let spread, let ceiling, let first = table.phaseLimits {
            for phase in Phase.allCases { limited[first + phase.rawValue] = max(0, ceiling - spread.high[phase]) }
        }
        let water = WaterFilling(table: table, ranks: rising, current: current, maximum: { top[$0] }, room: limited)
        let steps = zip(rising, water.reached).map { rank, level in
            (level - current[rank]) / boxes[rank].step * boxes[rank].step
        }
        return Filled(ranks: rising, more: steps, stopper: water.stopper)
    }

    /// The filling that keeps the phases close enough together: the highest ceiling for the fullest phase at which the
    /// emptiest still follows.
    ///
    /// What a ceiling takes from boxes on the full phase flows to others, as fairness wants it, so boxes on an empty
    /// phase rise and let the ceiling rise. The search goes down to 10 mA; `topUp` finds the rest.
    private func within(unbalanceOf rising: [Int]) -> Filled {
        let free = filling(rising, ceiling: nil)
        guard let spread, let most = isTooUneven(free) else { return free }
        var low = spread.high.largest
        var high = most
        var best = filling(rising, ceiling: low)
        if isTooUneven(best) != nil { return Filled(ranks: [], more: [], stopper: []) }
        while high - low > 10 {
            let middle = low + (high - low) / 2
            let tried = filling(rising, ceiling: middle)
            if isTooUneven(tried) == nil {
                low = middle
                best = tried
            } else {
                high = middle
            }
        }
        return best
    }

    /// The current on the fullest phase if the phases would be too far apart after `filled`; nil if they would not.
    private func isTooUneven(_ filled: Filled) -> Int? {
        guard var next = spread else { return nil }
        for (rank, more) in zip(filled.ranks, filled.more) {
            next.add(more, on: supply[rank], splitIsKnown: boxes[rank].splitIsKnown)
        }
        return next.current > next.limit ? next.high.largest : nil
    }

    private mutating func give(_ filled: Filled) {
        for (place, rank) in filled.ranks.enumerated() {
            if filled.more[place] > 0 { add(filled.more[place], to: rank) }
            stopper[rank] = filled.stopper[place]
        }
    }

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
                repeats = spread != nil
            }
        }
    }
}

/// What a filling adds to each box, in whole steps.
private struct Filled {
    var ranks: [Int]
    var more: [Int]
    var stopper: [Int?]
}
