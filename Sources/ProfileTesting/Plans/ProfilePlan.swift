import DeviceProfiles
import ReadPlanning

/// What the planner makes of the points of one profile.
public struct ProfilePlan: Sendable {
    /// The profile with the variants that hold.
    public let profile: DeviceProfile
    /// The line.
    public let line: LineTiming
    /// The device's turnaround.
    public let latency: Duration
    /// Points that the device does not have.
    public let absent: Set<String>

    /// Prepares plans for a device that lacks the points named in `absent`.
    public init(profile: DeviceProfile, line: LineTiming, latency: Duration, absent: Set<String> = []) {
        self.profile = profile
        self.line = line
        self.latency = latency
        self.absent = absent
    }

    /// The names of plans: the poll classes, and `all` for every point with a read place but on-demand ones.
    public static let classes = ["fast", "normal", "slow", "static", "all"]

    /// The requests of one class alone, without passengers, and the points that no request can read.
    public func plan(_ name: String) -> (plan: ReadPlan, problems: [PlanProblem]) {
        ReadPlanner(constraints: profile.modbus.constraints, line: line, latency: latency).plan(items(name))
    }

    /// What the planner is given for one class.
    public func items(_ name: String) -> [PlanItem] {
        let groups = atomicGroups
        return profile.points.compactMap { point in
            guard let place = point.place, !absent.contains(point.name), isIn(point.poll, name) else { return nil }
            return PlanItem(
                points: [point.name], table: place.table, address: place.address, count: place.words,
                atomic: groups[point.name], divisible: !profile.modbus.wholePoints && place.type.isText)
        }
    }

    private func isIn(_ poll: PollClass, _ name: String) -> Bool {
        switch (poll, name) {
        case (.onDemand, _): false
        case (_, "all"), (.fast, "fast"), (.normal, "normal"), (.slow, "slow"), (.static, "static"): true
        default: false
        }
    }

    /// The atomic group of each point: the profile's, joined with those of points and their powers of ten.
    private var atomicGroups: [String: String] {
        var groups: [String: String] = [:]
        for point in profile.points { groups[point.name] = point.atomic }
        for point in profile.points {
            guard let scale = point.value.scaleFrom else { continue }
            let joined = [groups[point.name], groups[scale]].compactMap { $0 }
            let name = joined.first ?? "scale " + scale
            for (other, group) in groups where joined.contains(group) { groups[other] = name }
            groups[point.name] = name
            groups[scale] = name
        }
        return groups
    }
}
