/// Cuts a stretch of units into requests: the cheapest way, then the fewest requests, then the fewest registers, then
/// the earlier first cut.
///
/// The stretch must be free of anything a request may not cover; only the length limits a request. O(n·k), k being the
/// number of units that fit one request.
struct SpanPartition {
    private struct Score {
        var cost: Int64
        var requests: Int
        var registers: Int

        func isBetter(than other: Score) -> Bool {
            (cost, requests, registers) < (other.cost, other.requests, other.registers)
        }
    }

    /// Runs of consecutive units, one for each request, with what all of them cost.
    static func runs(of units: ArraySlice<PlanUnit>, maxRead: Int, cost: RequestCost) -> [Range<Int>] {
        let first = units.startIndex
        let starts = units.map(\.start)
        let ends = units.map(\.end)
        let n = starts.count
        // From the back, so that among equals the earliest first cut can be taken.
        var best = [Score](repeating: Score(cost: 0, requests: 0, registers: 0), count: n + 1)
        var next = [Int](repeating: n, count: n)
        for i in stride(from: n - 1, through: 0, by: -1) {
            var end = ends[i]
            var found: Score?
            for j in i..<n {
                end = max(end, ends[j])
                let span = end - starts[i]
                if span > maxRead, j > i { break }
                let rest = best[j + 1]
                let score = Score(
                    cost: cost(span) + rest.cost, requests: 1 + rest.requests, registers: span + rest.registers)
                if found.map({ score.isBetter(than: $0) }) ?? true {
                    found = score
                    next[i] = j + 1
                }
            }
            if let found { best[i] = found }
        }
        var runs: [Range<Int>] = []
        var at = 0
        while at < n {
            runs.append(first + at..<first + next[at])
            at = next[at]
        }
        return runs
    }
}
