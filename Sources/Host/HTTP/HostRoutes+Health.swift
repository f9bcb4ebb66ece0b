import DriverAPI

extension HostRoutes {
    /// 200 while the control loop ticks, 503 when it has stopped: the process should be started anew.
    func health() -> ControlResponse {
        let idle = host.ticks.last.duration(to: host.clock.now)
        guard host.isTicking else {
            return .problem(503, "stopped", "the control loop has not run for \(Int(idle.inSeconds)) s")
        }
        return .json(["status": "ok"])
    }

    /// 200 once the site is shown and every device was tried, 503 before and while the host stops.
    func readiness() async -> ControlResponse {
        guard await control.outcome() != nil else { return .problem(503, "starting", "the first tick is yet to come") }
        let opening = await host.opening
        guard opening.isEmpty else {
            return .problem(503, "starting", "not yet tried: \(opening.sorted().joined(separator: ", "))")
        }
        guard await !host.isStopping else { return .problem(503, "stopping", "the host is stopping") }
        return .json(["status": "ready"])
    }
}

extension SiteHost {
    /// A control loop that has not ticked for so long is not healthy; a tick is due every second.
    private static let patience = Duration.seconds(10)

    /// Whether the control loop ran within the last 10 s: a host of which it does not should be started anew.
    public nonisolated var isTicking: Bool { ticks.last.duration(to: clock.now) < Self.patience }
}
