import DriverAPI
import LoadManagement

extension ControlLoop {
    /// Takes up what this tick says the operator must know.
    func noteAlarms(_ decision: Decision, _ states: [DeviceState], _ now: MonotonicTime) {
        if let problem = recorder?.problem { alarms.add(problem, matter: "recorder", at: now) }
        for (box, result) in decision.boxes.sorted(by: { $0.key < $1.key }) {
            let state = states.first { $0.entry.id == box }
            for alarm in result.alarms {
                alarms.add("\(box): \(alarm.text(of: state))", matter: "\(box) \(alarm.matter)", at: now)
            }
        }
        for (node, result) in decision.nodes.sorted(by: { $0.key < $1.key }) {
            for alarm in result.alarms { alarms.add("circuit \(node): \(alarm)", matter: "circuit \(node)", at: now) }
        }
        for problem in decision.problems { alarms.add("\(problem)", at: now) }
        for overdraft in decision.overdrafts {
            alarms.add(overdraft.sentence, matter: "overdraft \(overdraft.limit)", at: now)
        }
        for state in states {
            guard let failure = state.failure else { continue }
            alarms.add("\(state.entry.id): \(failure)", at: now)
        }
        for (box, booking) in memory.bookings.sorted(by: { $0.key < $1.key })
        where booking.isLeaving && booking.isSilent(at: now.nanoseconds) {
            let current = booking.current(at: now.nanoseconds).largest
            guard current > 0, let amperes = Exact(Int128(current), over: 1000) else { continue }
            alarms.add(
                "\(box): the site does not use it any more, but it does not confirm that it has stopped; "
                    + "\(amperes) A stay booked for it until it does, or until it is forgotten",
                matter: "\(box) leaving", at: now)
        }
    }
}

extension BookingAlarm {
    /// The sentence for people; with what is to be set where the make of the box is known.
    ///
    /// A Power Brain that was left in load distribution overwrites what its master writes (vendor documentation,
    /// "Master slave configuration": all slaves must be in observation).
    fileprivate func text(of state: DeviceState?) -> String {
        guard case .overwritten(let told, let value) = self, state?.profile == "cfos.power-brain" else {
            return description
        }
        let currents = [value, told].map { Exact(Int128($0), over: 1000)?.description ?? "?" }
        return
            "holds \(currents[0]) A though it was told \(currents[1]) A: its own load management overwrites this host; "
            + "in the box's own page, under Settings, set its load management to Observation"
    }

    /// The same for all currents.
    fileprivate var matter: String {
        switch self {
        case .drawsAbove: "draws"
        case .overwritten: "holds"
        case .disobeys: "disobeys"
        case .swapped: "swapped"
        case .implausible: "implausible"
        }
    }
}

extension Overdraft {
    /// What was passed, and what is done about it.
    fileprivate var sentence: String {
        switch limit {
        case .node(let node, let phase):
            "circuit \(node) was above its limit on \(phase): it is lowered by \(Double(cut) / 1000) A for some minutes"
        case .budget(_, _, let cause):
            "the boxes drew more than allowed (\(cause.map(\.rawValue) ?? "power")): "
                + "they get \(Double(cut) / 1_000_000) kW less for some minutes"
        }
    }
}
