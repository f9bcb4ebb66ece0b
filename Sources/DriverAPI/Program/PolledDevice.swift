/// A device whose box is asked in an interval: it connects, reads, reconnects and reports by itself.
///
/// A box that does not answer is silent from then on and asked again after 1 s, 2 s and so on up to 30 s. Of charge commands
/// that wait the newest is carried out, the others end with ``DriverError/superseded``.
public final class PolledDevice<Box: PolledBox>: Device {
    /// Everything the device reports, in order; ends after ``close(_:)``. One consumer.
    public let updates: AsyncStream<DeviceUpdate>

    private let box: PolledWork<Box>
    private let rounds: Task<Void, Never>
    private let report: AsyncStream<DeviceUpdate>.Continuation

    /// A device that asks `box` every `interval`, at the least 100 ms.
    public init(_ box: Box, every interval: Duration = .seconds(1), context: DriverContext) {
        // A host that does not read costs the oldest reports, not memory.
        let (updates, report) = AsyncStream.makeStream(of: DeviceUpdate.self, bufferingPolicy: .bufferingNewest(256))
        let work = PolledWork(box, clock: context.clock, report: { report.yield($0) })
        self.updates = updates
        self.report = report
        self.box = work
        report.yield(.link(.connecting))
        let clock = context.clock
        let interval = max(interval, .milliseconds(100))
        rounds = Task {
            var due = clock.now
            while !Task.isCancelled {
                let wait = await work.round()
                guard let wait else {
                    due = max(due.advanced(by: interval), clock.now)
                    try? await clock.sleep(until: due, tolerance: nil)
                    continue
                }
                try? await clock.sleep(wait)
                due = clock.now
            }
        }
    }

    deinit { rounds.cancel() }

    /// Carries a command out as the box does.
    public func apply(_ command: Command) async throws(DriverError) -> CommandOutcome {
        try await box.apply(command)
    }

    /// Reads all points now; of them the named ones.
    public func read(_ points: [String]?) async throws(DriverError) -> [Reading] {
        let readings = try await box.read()
        guard let points else { return readings }
        return points.map { point in
            readings.first { $0.point == point }
                ?? Reading(point: point, value: nil, quality: .absent, time: readings.first?.time ?? .zero)
        }
    }

    /// Ends the device.
    public func close(_ policy: LeavePolicy) async {
        rounds.cancel()
        await box.close(policy)
        report.finish()
    }
}
