import DriverAPI

/// Carries orders to the boxes, each box on its own, so that a slow one delays nobody.
///
/// It decides nothing: what may be raised next to what is still booked was decided before. The newest order for a box
/// replaces one that still waits in the box's driver.
actor Dispatcher {
    private let board: DeviceBoard
    private let clock: any SiteClock
    private var reports: [DispatchReport] = []
    private var underWay: [String: Int] = [:]

    init(board: DeviceBoard, clock: any SiteClock) {
        self.board = board
        self.clock = clock
    }

    /// Sends `dispatch` now.
    func send(_ dispatch: Dispatch) {
        underWay[dispatch.box, default: 0] += 1
        Task { await carry(dispatch) }
    }

    /// What ended since the last call, oldest first.
    func takeReports() -> [DispatchReport] {
        defer { reports = [] }
        return reports
    }

    /// Whether an order for the box has not ended yet.
    func isBusy(_ box: String) -> Bool { underWay[box, default: 0] > 0 }

    private func carry(_ dispatch: Dispatch) async {
        let outcome = await outcome(of: dispatch)
        underWay[dispatch.box, default: 1] -= 1
        reports.append(DispatchReport(dispatch: dispatch, outcome: outcome, time: clock.now))
    }

    private func outcome(of dispatch: Dispatch) async -> DispatchReport.Outcome {
        guard let device = await board.device(dispatch.box) else { return .withheld("the device is not open") }
        do {
            let outcome = try await device.apply(dispatch.command)
            return outcome.verified ? .confirmed : .unverified(nil)
        } catch {
            switch error {
            case .superseded: return .superseded
            case .refused, .configuration, .unsupported, .mismatch, .storage, .closed:
                return .withheld(error.description)
            case .refusedByDevice: return .refused(error.description)
            case .notVerified: return .unverified(error.description)
            case .unreachable: return .unanswered(error.description)
            }
        }
    }
}
