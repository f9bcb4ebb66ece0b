import DriverAPI
import LoadManagement

extension ControlLoop {
    /// A person chose how a box charges until its car is unplugged; with nil takes that back.
    func choose(_ choice: ChargingChoice?, for box: String) {
        choices.set(choice, for: box)
        keepWhatChanged()
    }

    /// Limits all boxes together; nil takes the limit back.
    func limit(_ limit: OperatorLimit?) {
        operatorLimit = limit
        choices.touch()
        keepWhatChanged()
    }

    /// Stores what was set by hand, if it has changed, so that a restarted host goes on with it.
    func keepWhatChanged() {
        guard let courses = choices.takeChanges() else { return }
        let settings = HandSettings(choices: courses, limit: operatorLimit)
        let before = keeping
        keeping = Task { [keep] in
            await before?.value
            await keep(settings)
        }
    }

    /// Wakes the cars that the last tick says are asleep.
    func wake(_ decision: Decision) {
        for box in decision.wakeUps {
            guard let device = devices[box] else { continue }
            woken.note(box, at: clock.now)
            Task {
                do throws(DriverError) {
                    _ = try await device.apply(.wakeUp)
                } catch {
                    alarms.add("\(box): its car could not be woken: \(error)", matter: "\(box) wake", at: clock.now)
                }
            }
        }
    }
}
