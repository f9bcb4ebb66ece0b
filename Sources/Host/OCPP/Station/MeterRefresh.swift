import DriverAPI
import OCPP

/// When a box's meter is read out of turn, so that a transaction begins and ends with what it shows then. Pure.
///
/// Meters are polled slowly, once a minute; a car that is unplugged would be billed by what was read before.
struct MeterRefresh: Sendable {
    /// What is done with a reading.
    enum Verdict: Hashable, Sendable {
        /// The station is told.
        case tell
        /// The station is told, and the meter is read meanwhile.
        case tellAndRead
        /// The meter is read first; the station is told with the next reading.
        case readFirst
        /// The meter is being read; the station is told afterwards.
        case wait
    }

    private struct Course: Sendable {
        var pilot: PilotState?
        var since: MonotonicTime?
        var isHeld = false
        var isFresh = false
    }

    /// While a transaction runs a value may be so old.
    private static let transactionAge = Duration.seconds(4)
    /// At a change of the car's state it may be so old.
    private static let changeAge = Duration.milliseconds(1200)
    /// A meter that does not answer holds nothing up for longer.
    private static let patience = Duration.seconds(5)

    private var courses: [Int: Course] = [:]

    /// What is done with a reading of a connector whose energy was read at `read`; nil for a box without a meter.
    mutating func verdict(
        _ connector: Int, _ pilot: PilotState?, energyAt read: MonotonicTime?, hasTransaction: Bool,
        at now: MonotonicTime
    ) -> Verdict {
        guard let read else { return .tell }
        let age = read.duration(to: now)
        guard var course = courses[connector] else {
            courses[connector] = Course(pilot: pilot)
            return .tell
        }
        defer { courses[connector] = course }
        if let since = course.since {
            if course.isHeld, since.duration(to: now) < Self.patience { return .wait }
            course.pilot = pilot
            return .tell
        }
        let isNew = pilot != nil && pilot != course.pilot
        if isNew, !course.isFresh, age > Self.changeAge {
            course.since = now
            course.isHeld = true
            return .readFirst
        }
        course.isFresh = false
        if pilot != nil { course.pilot = pilot }
        guard hasTransaction, age > Self.transactionAge else { return .tell }
        course.since = now
        course.isHeld = false
        return .tellAndRead
    }

    /// The meter was read, or did not answer.
    mutating func ended(_ connector: Int) {
        courses[connector]?.since = nil
        if courses[connector]?.isHeld == true { courses[connector]?.isFresh = true }
        courses[connector]?.isHeld = false
    }
}
