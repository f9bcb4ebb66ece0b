import DriverAPI
import Synchronization

/// Carries orders to the boxes, each box on its own, so that a slow one delays nobody; nobody waits for it.
///
/// It decides nothing: what may be raised next to what is still booked was decided before. The newest order for a box
/// replaces one that still waits in the box's driver.
final class Dispatcher: Sendable {
    private struct Lane {
        /// The orders the driver has not ended, oldest first.
        var open: [(dispatch: Dispatch, since: MonotonicTime, isOverdue: Bool)] = []
        /// The newest order the driver was not given yet, because it ends none.
        var waiting: (dispatch: Dispatch, device: any Device)?
    }

    private struct State {
        var reports: [DispatchReport] = []
        var lanes: [String: Lane] = [:]
    }

    /// A driver that has not ended an order after this long counts as one that does not answer.
    static let patience = Duration.seconds(60)
    /// So many orders a driver is given at once; one that ends none gets no more.
    private static let openAtOnce = 4

    private let clock: any SiteClock
    private let state = Mutex(State())

    init(clock: any SiteClock) { self.clock = clock }

    /// Gives `dispatch` to the driver of `device`; nil where there is none.
    func send(_ dispatch: Dispatch, to device: (any Device)?) {
        let now = clock.now
        guard let device else {
            report(dispatch, .unanswered("the device is not open"))
            return
        }
        let starts = state.withLock { state in
            var lane = state.lanes[dispatch.box] ?? Lane()
            defer { state.lanes[dispatch.box] = lane }
            if lane.open.count < Self.openAtOnce {
                lane.open.append((dispatch, now, false))
                return true
            }
            if let older = lane.waiting?.dispatch {
                state.reports.append(DispatchReport(dispatch: older, outcome: .superseded, time: now))
            }
            lane.waiting = (dispatch, device)
            return false
        }
        if starts { carry(dispatch, to: device) }
    }

    /// What ended since the last call, oldest first; what drivers have not ended in time is reported as unanswered.
    func takeReports() -> [DispatchReport] {
        let now = clock.now
        return state.withLock { state in
            for (box, var lane) in state.lanes {
                for place in lane.open.indices
                where !lane.open[place].isOverdue && lane.open[place].since.duration(to: now) >= Self.patience {
                    lane.open[place].isOverdue = true
                    let text = "its driver has not ended a command for \(Int(Self.patience.inSeconds)) s"
                    state.reports.append(
                        DispatchReport(dispatch: lane.open[place].dispatch, outcome: .unanswered(text), time: now))
                }
                state.lanes[box] = lane
            }
            defer { state.reports = [] }
            return state.reports
        }
    }

    /// How many orders its driver has not ended.
    func open(of box: String) -> Int { state.withLock { $0.lanes[box]?.open.count ?? 0 } }

    /// Forgets a box that is gone.
    func forget(_ box: String) { state.withLock { $0.lanes[box] = nil } }

    private func carry(_ dispatch: Dispatch, to device: any Device) {
        Task {
            let outcome: DispatchReport.Outcome
            do throws(DriverError) {
                let commands = dispatch.commands
                var done =
                    try await dispatch.isRepeat
                    ? device.applyAnew(commands[0]) : device.apply(commands[0])
                for command in commands.dropFirst() {
                    let next = try await device.apply(command)
                    done.frames += next.frames
                    done.verified = done.verified && next.verified
                }
                outcome = .done(done)
            } catch {
                outcome = .init(error)
            }
            report(dispatch, outcome)
            if let next = finish(dispatch) { carry(next.dispatch, to: next.device) }
        }
    }

    private func report(_ dispatch: Dispatch, _ outcome: DispatchReport.Outcome) {
        let report = DispatchReport(dispatch: dispatch, outcome: outcome, time: clock.now)
        state.withLock { $0.reports.append(report) }
    }

    /// Takes an ended order out, and answers with the one that is to be carried now.
    private func finish(_ dispatch: Dispatch) -> (dispatch: Dispatch, device: any Device)? {
        let now = clock.now
        return state.withLock { state in
            guard var lane = state.lanes[dispatch.box] else { return nil }
            lane.open.removeAll { $0.dispatch == dispatch }
            let next = lane.waiting
            lane.waiting = nil
            if let next { lane.open.append((next.dispatch, now, false)) }
            state.lanes[dispatch.box] = lane
            return next
        }
    }
}
