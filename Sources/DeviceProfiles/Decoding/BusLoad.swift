import ReadPlanning

/// What a profile asks of the bus, by the planner's time model, on the line that the profile names.
struct BusLoad {
    /// Units on one line that the rules count with.
    static let units = 16
    /// Turnaround of a device and latency of a host, as long as nothing was measured.
    static let latency = Duration.milliseconds(30)
    /// The longest time in which the fast points of 16 units may be read once: a reading counts for 10 s, so that two answers
    /// in a row may be lost. No line of 9600 baud could serve 16 units every second: the shortest question and answer take
    /// 53 ms.
    static let longestRound = Duration.seconds(3)

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

    /// How long it takes to ask 16 units for their fast points once; on TCP every unit has a line of its own.
    var fastRound: Duration { line == .tcp ? .zero : fast.time * Self.units }

    /// The longest time until a unit is asked again: every class of every unit is due at once. On a shared line the
    /// pauses of one unit are filled with traffic of others.
    var worstRound: Duration {
        line == .tcp ? all.time + minGap * all.entries.count : all.time * Self.units
    }
}
