import DriverAPI
import LoadManagement

/// The choices that hold now, and how far the cars have come.
struct ChargingChoices: Sendable {
    /// One choice on its way.
    struct Course: Hashable, Codable, Sendable {
        private enum CodingKeys: String, CodingKey { case choice, wasPlugged, charged, counter }

        /// What was chosen.
        var choice: ChargingChoice
        /// Whether a car was there since.
        var wasPlugged = false
        /// What was charged since, in Wh.
        var charged: Double = 0
        /// What the box's counter showed last, in Wh.
        var counter: Double?
        /// When its power was last counted.
        var last: MonotonicTime?
    }

    private var courses: [String: Course] = [:]
    private var changed = false

    /// The choices by box.
    var all: [String: ChargingChoice] { courses.mapValues(\.choice) }

    /// Goes on from what was stored.
    init(_ stored: [String: Course] = [:]) { courses = stored }

    /// Somebody chose, or with nil takes a choice back.
    mutating func set(_ choice: ChargingChoice?, for box: String) {
        courses[box] = choice.map { Course(choice: $0) }
        changed = true
    }

    /// Something else that is stored with the choices has changed.
    mutating func touch() { changed = true }

    /// What has to be stored, once; nil if nothing has changed.
    mutating func takeChanges() -> [String: Course]? {
        guard changed else { return nil }
        changed = false
        return courses
    }

    /// Takes note of a box: a choice ends when its car is unplugged.
    mutating func note(_ state: DeviceState, at now: MonotonicTime) {
        let id = state.entry.id
        guard var course = courses[id] else { return }
        switch state.text("state") {
        case "A":
            if course.wasPlugged {
                courses[id] = nil
                changed = true
                return
            }
        case "B", "C", "D":
            changed = changed || !course.wasPlugged
            course.wasPlugged = true
        default: break
        }
        if let counter = state.number("energy_total")?.double {
            course.charged += course.counter.map { max(0, counter - $0) } ?? 0
            course.counter = counter
        } else if let power = state.number("power")?.double, let last = course.last {
            course.charged += max(0, power) * last.duration(to: now).inSeconds / 3600
        }
        course.last = now
        courses[id] = course
    }

    /// The goal of a box as load management counts it; `wall` is the present time in seconds since 1970.
    func goal(_ state: DeviceState, at now: MonotonicTime, wall: Double) -> ChargeGoal? {
        guard let course = courses[state.entry.id], course.choice.mode == .target, let goal = course.choice.goal else {
            return nil
        }
        let left: Double
        if let energy = goal.energy_wh {
            left = energy - course.charged
        } else if let soc = goal.soc, let capacity = goal.capacity_wh {
            left = (soc - (state.number("vehicle_soc")?.double ?? 0)) / 100 * capacity
        } else {
            return nil
        }
        let seconds = min(max(goal.by - wall, -86_400), 30 * 86_400)
        return ChargeGoal(
            energy: Int(max(0, min(left, 10_000_000)) * 1000), by: now.nanoseconds + Moment(seconds * 1e9))
    }
}
