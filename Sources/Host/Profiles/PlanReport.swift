import DeviceProfiles
import DriverAPI
import ProfileTesting
import ReadPlanning

/// The requests of one poll class of a profile, and what they cost.
public struct PlanReport: Encodable, Sendable {
    /// One request.
    public struct Request: Encodable, Sendable {
        /// `04 0x0034+20`.
        public var request: String
        /// The points that it serves.
        public var points: [String]
        /// Bytes of request and answer.
        public var bytes: Int
        /// The time on the line, in ms.
        public var time_ms: Double
    }

    /// fast, normal, slow, static or all.
    public var `class`: String
    /// The requests.
    public var requests: [Request]
    /// The time of all, in ms.
    public var time_ms: Double
    /// How much of the bus they take, in %; nil for classes that are not repeated.
    public var bus_percent: Double?
    /// Points that no request can read, and why.
    public var problems: [String]

    /// The plans of `classes` for a device with `options` as a site file has them.
    ///
    /// Throws when an option cannot be right.
    public static func make(
        _ document: ProfileDocument, options: [String: String], line: LineTiming, latency: Duration, classes: [String]
    ) throws -> [PlanReport] {
        let values = try document.optionValues(options)
        let profile = document.resolved(options: values, facts: [:]).profile
        let planner = ProfilePlan(profile: profile, line: line, latency: latency)
        return classes.map { name in
            let (plan, problems) = planner.plan(name)
            let figures = PlanFigures(plan, line: line, latency: latency)
            let requests = zip(plan.entries, figures.requests).map { entry, figure in
                Request(
                    request: entry.description, points: entry.items.flatMap(\.points), bytes: figure.bytes,
                    time_ms: milliseconds(figure.time))
            }
            let share = period(of: name).map { (figures.share(period: $0) * 1000).rounded() / 10 }
            return PlanReport(
                class: name, requests: requests, time_ms: milliseconds(figures.time), bus_percent: share,
                problems: problems.map(\.description))
        }
    }

    /// The lines for a terminal.
    public var text: String {
        let share = bus_percent.map { ", \($0) % of the bus" } ?? ""
        let head = "\(self.class): \(requests.count) requests, \(time_ms) ms\(share)"
        let lines = requests.map {
            "  \($0.request)  \($0.bytes) bytes  \($0.time_ms) ms  \($0.points.joined(separator: " "))"
        }
        return ([head] + lines + problems.map { "  " + $0 }).joined(separator: "\n")
    }

    private static func period(of name: String) -> Duration? {
        switch name {
        case "fast": PollClass.fast.target
        case "normal": PollClass.normal.target
        case "slow": PollClass.slow.target
        default: nil
        }
    }

    private static func milliseconds(_ time: Duration) -> Double { (time.inSeconds * 10_000).rounded() / 10 }
}
