import DriverAPI
import ProfileTrust

extension ControlLoop {
    /// From the next tick on boxes are started and raised only as far as these verdicts say; what bars a box is an alarm as
    /// long as it does.
    func trust(_ verdicts: [String: ProfileVerdict]) {
        replace(verdicts: verdicts)
        let boxes = Set(wallboxes)
        var barred: [String: TrustBar] = [:]
        for (id, verdict) in verdicts {
            // A device whose file cannot be read is not opened, which is an alarm of its own.
            if boxes.contains(id), let bar = verdict.bar(.limit), bar != .unreadable {
                barred[id] = bar
            } else {
                alarms.remove(matter: "trust \(id)")
            }
        }
        for (id, bar) in barred.sorted(by: { $0.key < $1.key }) {
            alarms.add(
                "\(id): \(bar.description.replacing("DEVICE", with: id))", matter: "trust \(id)", at: clock.now)
        }
    }
}
