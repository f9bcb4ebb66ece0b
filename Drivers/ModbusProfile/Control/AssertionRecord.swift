import DeviceProfiles
import DriverAPI

/// The points a charge command left as told, watched for the device reading otherwise.
struct AssertionRecord {
    /// One point that has to go on reading what was written.
    struct Governed {
        /// The point that was written.
        var point: String
        /// The point that shows it.
        var by: String
        /// What was written and how it compares.
        var check: WriteContext.Check
        /// Since when it has been reading otherwise.
        var deviatesSince: MonotonicTime?
    }

    /// How often a deviation is answered by writing again within ``period`` (profile language, control, rule 5).
    static let limit = 3
    /// The time in which attempts count.
    static let period = Duration.seconds(600)

    /// The points; empty before the first command, after a failed one and after a silence, for then another value may be
    /// booked for the box.
    private(set) var governed: [Governed] = []
    /// The last attempts.
    private(set) var attempts: [MonotonicTime] = []
    /// Whether the operator was told that the device does not obey.
    var isAlarmed = false

    /// Watches nothing until the next command succeeded.
    mutating func suspend() { governed = [] }

    /// Watches what was written, and of `before` what was not written again.
    mutating func govern(_ before: [Governed], _ checks: [WriteContext.Check], on board: PointBoard) {
        governed = before
        for check in checks where board.points[check.point].definition.write?.kind == .state {
            let name = board.points[check.point].name
            governed.removeAll { $0.point == name }
            governed.append(Governed(point: name, by: board.points[check.by].name, check: check))
        }
        isAlarmed = false
    }

    /// Takes note of what a governed point reads; true when it has been reading otherwise for longer than `within`.
    mutating func note(_ index: Int, agrees: Bool, at time: MonotonicTime) -> Bool {
        if agrees {
            governed[index].deviatesSince = nil
            return false
        }
        let since = governed[index].deviatesSince ?? time
        governed[index].deviatesSince = since
        return since.duration(to: time) > governed[index].check.rule.within
    }

    /// Begins to count anew how long points deviate.
    mutating func restartCounting() {
        for index in governed.indices { governed[index].deviatesSince = nil }
    }

    /// Takes one more attempt if it is allowed.
    mutating func takeAttempt(at now: MonotonicTime) -> Bool {
        attempts.removeAll { $0.duration(to: now) >= AssertionRecord.period }
        guard attempts.count < AssertionRecord.limit else { return false }
        attempts.append(now)
        return true
    }
}
