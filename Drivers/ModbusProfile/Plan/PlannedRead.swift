import DeviceProfiles
import ReadPlanning

/// One request of a plan, with the points its answer belongs to.
struct PlannedRead {
    /// Words of an answer that belong to a point.
    struct Member {
        /// The point's position on the board.
        var point: Int
        /// Where its words begin in the answer.
        var offset: Int
        /// Which of the point's words these are.
        var start: Int
        /// How many.
        var count: Int
    }

    /// The request and its items, as planned.
    let entry: ReadPlan.Entry
    /// The points, powers of ten first.
    let members: [Member]
    /// Whether it covers addresses that no point asked for.
    let bridges: Bool

    /// What goes out.
    var request: ReadRequest { entry.request }

    /// Prepares `entry` of a plan over the items of `board`.
    init(_ entry: ReadPlan.Entry, board: PointBoard) {
        self.entry = entry
        let span = entry.request.range
        var members: [Member] = []
        for item in entry.items {
            let covered = item.range.clamped(to: span)
            for name in item.points {
                guard let point = board.position(name), let place = board.points[point].place else { continue }
                members.append(
                    Member(
                        point: point, offset: covered.lowerBound - span.lowerBound,
                        start: covered.lowerBound - place.address, count: covered.count))
            }
        }
        let scales = Set(board.points.compactMap(\.scale))
        self.members =
            scales.isEmpty
            ? members : members.filter { scales.contains($0.point) } + members.filter { !scales.contains($0.point) }
        bridges = entry.isBridged
    }
}
