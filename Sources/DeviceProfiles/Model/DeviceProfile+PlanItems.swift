import ReadPlanning

extension DeviceProfile {
    /// The addresses of the points for which `isWanted` holds, as the planner sees them.
    ///
    /// A point with `scale_from` and the point that holds its power of ten are one atomic item.
    public func planItems(where isWanted: (PointDefinition) -> Bool) -> [PlanItem] {
        let groups = atomicGroups
        return points.compactMap { point in
            guard isWanted(point), let place = point.place else { return nil }
            return PlanItem(
                points: [point.name], table: place.table, address: place.address, count: place.words,
                atomic: groups[point.name] ?? point.atomic, divisible: !modbus.wholePoints && place.type.isText)
        }
    }

    /// The atomic group of every point that has one, powers of ten included.
    private var atomicGroups: [String: String] {
        var groups: [String: String] = [:]
        for point in points { groups[point.name] = point.atomic }
        for point in points {
            guard let scale = point.value.scaleFrom else { continue }
            let name = groups[point.name] ?? groups[scale] ?? "scale of \(scale)"
            let joined = Set([groups[point.name], groups[scale]].compactMap { $0 })
            for (other, group) in groups where joined.contains(group) { groups[other] = name }
            groups[point.name] = name
            groups[scale] = name
        }
        return groups
    }
}
