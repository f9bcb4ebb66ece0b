import ReadPlanning

/// What a profile asks of the bus, by the planner's time model, on the line that the profile names.
struct BusLoad {
    /// Units on one line that the rules count with.
    static let units = 16
    /// Turnaround of a device and latency of a host, as long as nothing was measured.
    static let latency = Duration.milliseconds(30)

    let line: LineTiming
    /// One unit's fast points.
    let fast: ReadPlan
    /// All points of one unit that are read again and again.
    let all: ReadPlan
    private let minGap: Duration

    init(_ profile: DeviceProfile) {
        line = profile.link.serial?.timing ?? .tcp
        let planner = ReadPlanner(constraints: profile.modbus.constraints, line: line, latency: Self.latency)
        func plan(_ classes: [PollClass]) -> ReadPlan {
            planner.plan(profile.planItems { classes.contains($0.poll) }).plan
        }
        fast = plan([.fast])
        all = plan([.fast, .normal, .slow])
        minGap = profile.link.timing.minGap
    }

    /// The share of the line that the fast points of 16 units take; on TCP every unit has a line of its own.
    var fastShare: Double {
        line == .tcp
            ? 0 : PlanFigures(fast, line: line, latency: Self.latency).share(period: .seconds(1), units: Self.units)
    }

    /// The longest time until a unit is asked again: every class of every unit is due at once. On a shared line the
    /// pauses of one unit are filled with traffic of others.
    var worstRound: Duration {
        line == .tcp ? all.time + minGap * all.entries.count : all.time * Self.units
    }
}
