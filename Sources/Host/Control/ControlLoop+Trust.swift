import DriverAPI
import ProfileTrust

extension ControlLoop {
    /// From the next tick on boxes are started and raised only as far as these verdicts say; what bars a box is an alarm as
    /// long as it does.
    func trust(_ verdicts: [String: ProfileVerdict]) {
        replace(verdicts: verdicts)
        let boxes = Set(wallboxes)
        for (id, verdict) in verdicts.sorted(by: { $0.key < $1.key }) {
            let matter = "trust \(id)"
            // A device whose file cannot be read is not opened, which is an alarm of its own.
            if boxes.contains(id), let bar = verdict.bar(.limit), bar != .unreadable {
                alarms.add(
                    "\(id): \(bar.description.replacing("DEVICE", with: id))", matter: matter, at: clock.now)
            } else {
                alarms.remove(matter: matter)
            }
        }
    }
}
