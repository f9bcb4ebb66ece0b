import DeviceProfiles
import ReadPlanning

/// Addresses that are read together, and the points that lie in them.
struct BoardItem {
    /// What the planner sees.
    var planItem: PlanItem
    /// Positions of the points.
    var points: [Int]
}

extension BoardItem {
    /// The items of `points`: those with the same addresses share one, those with a power of ten are joined with it.
    static func items(of points: [BoardPoint], in profile: DeviceProfile) -> [BoardItem] {
        struct Place: Hashable {
            var table: String
            var address: Int
            var count: Int
            var atomic: String?
        }
        let groups = atomicGroups(points)
        var found: [Place: Int] = [:]
        var items: [BoardItem] = []
        for (position, point) in points.enumerated() {
            guard let place = point.place else { continue }
            let key = Place(
                table: place.table.rawValue, address: place.address, count: place.words, atomic: groups[position])
            if let known = found[key] {
                items[known].points.append(position)
                items[known].planItem.points.append(point.name)
                continue
            }
            found[key] = items.count
            let divisible = !profile.modbus.wholePoints && place.type.isText
            items.append(
                BoardItem(
                    planItem: PlanItem(
                        points: [point.name], table: place.table, address: place.address, count: place.words,
                        atomic: groups[position], divisible: divisible), points: [position]))
        }
        return items
    }

    /// The atomic group of each point: the profile's, and one for a point with its power of ten.
    private static func atomicGroups(_ points: [BoardPoint]) -> [String?] {
        var groups = points.map(\.definition.atomic)
        for (position, point) in points.enumerated() {
            guard let scale = point.scale else { continue }
            let name = groups[position] ?? groups[scale] ?? "scale of " + points[scale].name
            for other in groups.indices
            where groups[other] != nil && (groups[other] == groups[position] || groups[other] == groups[scale]) {
                groups[other] = name
            }
            groups[position] = name
            groups[scale] = name
        }
        return groups
    }

    /// For each item of an atomic group the other items of its group.
    static func partners(in items: [BoardItem]) -> [(item: Int, with: [Int])] {
        let grouped = items.indices.filter { items[$0].planItem.atomic != nil }
        let groups = Dictionary(grouping: grouped) { items[$0].planItem.atomic }
        return groups.values.flatMap { group in group.map { one in (one, group.filter { $0 != one }) } }
    }
}
