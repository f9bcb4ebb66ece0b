import DriverAPI

/// Records what is said with a driver, and plays it again.
public struct DriverTape: Sendable {
    private let folder: String
    private let confinement: Confinement

    /// For the driver in a folder.
    public init(_ folder: String, confinement: Confinement = .found) {
        self.folder = folder
        self.confinement = confinement
    }

    /// Opens a real device, reads it for a while and writes nothing to it; what was said.
    ///
    /// The device goes on as it is. Throws ``TrialFailure`` where the driver cannot be started, or its options are wrong.
    public func record(_ device: DeviceConfiguration, for time: Duration) async throws(TrialFailure) -> Tape {
        try await onThread { () throws(TrialFailure) in
            let bench = try TrialBench(folder, confinement: confinement, isPlayed: false)
            var device = device
            do throws(DriverError) {
                device.options = try bench.manifest.options(device.options)
            } catch {
                throw TrialFailure(description: error.description)
            }
            Self.converse(bench.conversation, device, for: time)
            return bench.tape
        }
    }

    /// Says again what was said, to the driver beside the device that its manifest has for trials; what it answered
    /// otherwise. Values are compared by their kind alone where `anyValues`.
    ///
    /// Throws ``TrialFailure`` where the driver cannot be started.
    public func replay(_ tape: Tape, anyValues: Bool = false) async throws(TrialFailure) -> [TapeDifference] {
        try await onThread { () throws(TrialFailure) in
            let bench = try TrialBench(folder, confinement: confinement)
            return TapeReplay(tape, bench.conversation, port: bench.port, anyValues: anyValues).run()
        }
    }

    private func onThread<Made: Sendable>(
        _ work: @escaping @Sendable () throws(TrialFailure) -> Made
    ) async throws(TrialFailure) -> Made {
        let result = await DetachedThread.value(named: "driver tape") { Result(catching: work) }
        guard let result else { throw TrialFailure(description: "there can be no further thread") }
        return try result.get()
    }

    private static func converse(_ conversation: Conversation, _ device: DeviceConfiguration, for time: Duration) {
        let clock = SystemClock()
        _ = conversation.ask("describe", ["api": .number(Exact(DriverManifest.api)), "host": "chargehost record"])
        let opened = conversation.ask("open", device.json)
        var interval: Duration?
        if case .success(let result) = opened { interval = result["poll_s"]?.number.flatMap(Duration.init(seconds:)) }
        let end = clock.now.advanced(by: time)
        var (ping, poll) = (clock.now.advanced(by: .seconds(5)), clock.now)
        while clock.now < end, !conversation.hasEnded {
            if let interval, poll <= clock.now {
                _ = conversation.ask("read", ["device": .string(device.id)])
                poll = max(poll.advanced(by: interval), clock.now)
            }
            if ping <= clock.now {
                _ = conversation.ask("ping", [:])
                ping = clock.now.advanced(by: .seconds(5))
            }
            let next = interval == nil ? min(ping, end) : min(poll, ping, end)
            _ = conversation.rest(after: max(clock.now.duration(to: next), .zero))
        }
        _ = conversation.ask("identify", ["device": .string(device.id)])
        _ = conversation.ask("close", ["device": .string(device.id), "policy": .string(LeavePolicy.leave.rawValue)])
        _ = conversation.finish(within: .seconds(2))
    }
}
