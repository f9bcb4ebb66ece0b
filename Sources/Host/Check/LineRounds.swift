import DeviceProfiles
import DriverAPI
import LoadManagement
import Modbus
import ReadPlanning

/// How long the devices of a line keep it busy.
struct LineRounds {
    /// A device's turnaround before it was measured.
    static func latency(_ line: LineTiming) -> Duration { line == .tcp ? .milliseconds(5) : .milliseconds(30) }

    private let entries: [SiteProfiles.Entry]

    init(_ entries: [SiteProfiles.Entry]) { self.entries = entries.filter(\.device.enabled) }

    /// The part of the line's time that polling this device takes.
    func load(of entry: SiteProfiles.Entry) -> Double {
        [PollClass.fast, .normal, .slow].reduce(0) { sum, poll in
            guard let target = poll.target else { return sum }
            return sum + time(of: entry, poll) / target
        }
    }

    /// The longest round of the line that the device is on: every class of every device at once, and one timeout.
    func longest(of entry: SiteProfiles.Entry) -> Span {
        let neighbours = entries.filter { $0.endpoint.channel == entry.endpoint.channel }
        let reading = neighbours.reduce(Duration.zero) { sum, other in
            [PollClass.fast, .normal, .slow].reduce(sum) { $0 + time(of: other, $1) }
        }
        let timeout = neighbours.map(\.profile.link.timing.timeout).max() ?? .zero
        return (reading + timeout).wholeNanoseconds
    }

    /// How old a reading of the fast class gets.
    func age(of entry: SiteProfiles.Entry) -> Span { Duration.seconds(1).wholeNanoseconds + longest(of: entry) }

    private func time(of entry: SiteProfiles.Entry, _ poll: PollClass) -> Duration {
        let line = entry.endpoint.timing
        let items = entry.profile.planItems { $0.poll == poll }
        let planner = ReadPlanner(
            constraints: entry.profile.modbus.constraints, line: line, latency: Self.latency(line))
        let plan = planner.plan(items).plan
        return plan.time + entry.profile.link.timing.minGap * plan.entries.count
    }
}
