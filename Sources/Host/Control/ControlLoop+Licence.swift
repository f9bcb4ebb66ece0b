import Licensing

extension ControlLoop {
    /// From the next tick on boxes are started and raised only as far as `admissions` say; who has no place is an alarm as
    /// long as that lasts.
    func admit(_ admissions: [String: Admission]) {
        let before = admittedBoxes
        replace(admissions: admissions)
        for (id, admission) in admissions.sorted(by: { $0.key < $1.key }) {
            if case .overLimit = admission {
                alarms.add("\(id): \(admission)", matter: "licence \(id)", at: clock.now)
            } else {
                alarms.remove(matter: "licence \(id)")
            }
        }
        for id in before where admissions[id] == nil { alarms.remove(matter: "licence \(id)") }
    }
}
