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

    /// What goes out.
    let request: ReadRequest
    /// The points, powers of ten first.
    let members: [Member]
    /// The addresses of each group of points that must be read together, in order.
    let clusters: [Cluster]
    /// Whether it covers addresses that no point asked for.
    let bridges: Bool
    /// Whether the island answers only when read exactly, so that nothing can be found out by reading less.
    let isWhole: Bool

    /// Addresses that cannot be read apart, and the points in them.
    struct Cluster {
        /// The addresses.
        var range: Range<Int>
        /// The points' positions.
        var points: [Int]
    }

    /// Prepares `entry` of a plan over the items of `board`.
    init(_ entry: ReadPlan.Entry, board: PointBoard, constraints: PlanConstraints) {
        request = entry.request
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
        clusters = PlannedRead.clusters(entry.items, in: span, board: board)
        let whole = constraints.whole[entry.request.table] ?? []
        isWhole = whole.contains { $0.overlaps(span.lowerBound...max(span.lowerBound, span.upperBound - 1)) }
        let covered = clusters.reduce(0) { $0 + $1.range.count }
        bridges = !isWhole && covered < span.count
    }

    /// One request over some neighbouring clusters of this one.
    func part(_ clusters: [Cluster]) -> PlannedRead {
        let start = clusters.first?.range.lowerBound ?? request.range.lowerBound
        let end = clusters.last?.range.upperBound ?? request.range.upperBound
        let shift = start - request.range.lowerBound
        let points = Set(clusters.flatMap(\.points))
        let members = members.filter { points.contains($0.point) }.map {
            Member(point: $0.point, offset: $0.offset - shift, start: $0.start, count: $0.count)
        }
        let covered = clusters.reduce(0) { $0 + $1.range.count }
        return PlannedRead(
            request: ReadRequest(
                request.table, at: UInt16(clamping: start), count: UInt16(clamping: end - start),
                function: request.function), members: members, clusters: clusters, bridges: covered < end - start,
            isWhole: false)
    }

    private init(request: ReadRequest, members: [Member], clusters: [Cluster], bridges: Bool, isWhole: Bool) {
        self.request = request
        self.members = members
        self.clusters = clusters
        self.bridges = bridges
        self.isWhole = isWhole
    }

    private static func clusters(_ items: [PlanItem], in span: Range<Int>, board: PointBoard) -> [Cluster] {
        var clusters: [Cluster] = []
        var atomic: [Set<String>] = []
        for item in items.sorted(by: { ($0.address, $0.count) < ($1.address, $1.count) }) {
            let points = item.points.compactMap { board.position($0) }
            let partner = item.atomic.flatMap { name in atomic.firstIndex { $0.contains(name) } }
            let range = item.range.clamped(to: span)
            let overlaps = clusters.last.map { range.lowerBound < $0.range.upperBound } ?? false
            guard let into = partner ?? (overlaps ? clusters.count - 1 : nil) else {
                clusters.append(Cluster(range: range, points: points))
                atomic.append(item.atomic.map { [$0] } ?? [])
                continue
            }
            for later in clusters[into...] {
                clusters[into].range =
                    clusters[into].range.lowerBound..<max(clusters[into].range.upperBound, later.range.upperBound)
            }
            clusters[into].range =
                clusters[into].range.lowerBound..<max(clusters[into].range.upperBound, range.upperBound)
            clusters[into].points += clusters[(into + 1)...].flatMap(\.points) + points
            for names in atomic[(into + 1)...] { atomic[into].formUnion(names) }
            if let name = item.atomic { atomic[into].insert(name) }
            clusters.removeSubrange((into + 1)...)
            atomic.removeSubrange((into + 1)...)
        }
        return clusters
    }
}
