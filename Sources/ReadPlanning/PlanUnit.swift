/// Addresses that go into one request together: an item, an atomic group, overlapping items, or a piece of a long text.
struct PlanUnit: Hashable {
    var start: Int
    var end: Int
    var items: [PlanItem]

    var range: Range<Int> { start..<end }
    var count: Int { end - start }

    init(_ items: [PlanItem]) {
        self.items = items
        start = items.reduce(Int.max) { min($0, $1.address) }
        end = items.reduce(Int.min) { max($0, $1.range.upperBound) }
    }

    mutating func absorb(_ other: PlanUnit) {
        start = min(start, other.start)
        end = max(end, other.end)
        items += other.items
    }

    /// The gaps between its items.
    func gaps(outside covered: [Range<Int>]) -> [Range<Int>] {
        var gaps: [Range<Int>] = []
        var at = start
        for range in covered where range.upperBound > at && range.lowerBound < end {
            if range.lowerBound > at { gaps.append(at..<range.lowerBound) }
            at = range.upperBound
        }
        if at < end { gaps.append(at..<end) }
        return gaps
    }
}

extension [PlanUnit] {
    /// By address; of those that begin together the longest first.
    mutating func sortByAddress() { sort { ($0.start, -$0.end) < ($1.start, -$1.end) } }

    /// Joins what overlaps, unless the whole would be longer than `limit`: then its parts stay apart.
    ///
    /// Takes units sorted by address.
    func joiningOverlaps(upTo limit: Int) -> [PlanUnit] {
        var result: [PlanUnit] = []
        var cluster: [PlanUnit] = []
        var end = Int.min
        func close() {
            guard var whole = cluster.first else { return }
            for unit in cluster.dropFirst() { whole.absorb(unit) }
            result += whole.count <= limit ? [whole] : cluster
        }
        for unit in self {
            if unit.start >= end {
                close()
                cluster = []
            }
            cluster.append(unit)
            end = Swift.max(end, unit.end)
        }
        close()
        return result
    }

    /// Lets every unit take those that lie inside it.
    ///
    /// Takes units sorted by address.
    func absorbingContained() -> [PlanUnit] {
        var result: [PlanUnit] = []
        for unit in self {
            if let host = result.firstIndex(where: { $0.start <= unit.start && unit.end <= $0.end }) {
                result[host].items += unit.items
            } else {
                result.append(unit)
            }
        }
        return result
    }
}
