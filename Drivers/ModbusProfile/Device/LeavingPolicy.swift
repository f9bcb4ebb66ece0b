import DriverAPI
import Synchronization

/// What the device does when its task ends; nothing unless who closes it says so.
final class LeavingPolicy: Sendable {
    private let state = Mutex(LeavePolicy.leave)

    /// What is to be done.
    var policy: LeavePolicy { state.withLock { $0 } }

    /// Says what is to be done.
    func set(_ policy: LeavePolicy) { state.withLock { $0 = policy } }
}
