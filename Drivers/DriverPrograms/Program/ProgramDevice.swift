import DriverAPI

/// A device served by a driver program.
public final class ProgramDevice: Device {
    /// Everything the device reports, in order; ends after ``close(_:)``. One consumer.
    public let updates: AsyncStream<DeviceUpdate>

    private let process: DriverProcess
    private let id: String
    private let token: Int

    init(_ device: DeviceConfiguration, process: DriverProcess, context: DriverContext) throws(DriverError) {
        let (updates, report) = AsyncStream.makeStream(of: DeviceUpdate.self)
        self.updates = updates
        self.process = process
        id = device.id
        token = try process.add(device, context: context, report: report)
        do throws(DriverError) {
            try process.start()
        } catch {
            process.remove(device.id, token)
            throw error
        }
    }

    deinit { process.abandon(id, token) }

    /// Has the driver carry a command out.
    ///
    /// Throws ``DriverError/notVerified(_:)`` also when the driver says that it told the box more than it was asked to.
    public func apply(_ command: Command) async throws(DriverError) -> CommandOutcome {
        try await carryOut(command, isAnew: false)
    }

    /// Has the driver carry a command out with its frames, whatever was told before.
    public func applyAnew(_ command: Command) async throws(DriverError) -> CommandOutcome {
        try await carryOut(command, isAnew: true)
    }

    private func carryOut(_ command: Command, isAnew: Bool) async throws(DriverError) -> CommandOutcome {
        var params: [String: JSON] = ["device": .string(id), "command": command.json]
        if isAnew { params["anew"] = true }
        // Whatever comes of it, a frame may have left.
        defer { process.report(.frame(process.now), of: id) }
        let answer = try await process.ask("command", .object(params), limit: process.timing.command)
        var outcome: CommandOutcome
        do throws(WireFault) {
            outcome = try CommandOutcome(answer, at: "command")
        } catch {
            throw .notVerified("the driver \(process.manifest.name) answers nonsense: \(error)")
        }
        guard let most = command.most else { return outcome }
        let told = outcome.told ?? most
        guard told <= most else {
            throw .notVerified("the driver \(process.manifest.name) was asked for \(most) and told \(told)")
        }
        outcome.told = told
        return outcome
    }

    /// Has the driver read the named points now; all when `points` is nil.
    public func read(_ points: [String]?) async throws(DriverError) -> [Reading] {
        var params: [String: JSON] = ["device": .string(id)]
        if let points { params["points"] = .array(points.map(JSON.string)) }
        let answer = try await process.ask("read", .object(params), limit: process.timing.question)
        do throws(WireFault) {
            return try process.readings(answer)
        } catch {
            throw .unreachable("the driver \(process.manifest.name) answers nonsense: \(error)")
        }
    }

    /// Has the driver say who the device is. Throws ``DriverError/unsupported(_:)`` where it cannot.
    public func identify() async throws(DriverError) -> [String: String] {
        let answer = try await process.ask("identify", ["device": .string(id)], limit: process.timing.question)
        do throws(WireFault) {
            return try WireFields(answer, at: "identify").words("identity")
        } catch {
            throw .unreachable("the driver \(process.manifest.name) answers nonsense: \(error)")
        }
    }

    /// Ends the device; one that its driver cannot be asked to close is let go.
    public func close(_ policy: LeavePolicy) async {
        let params: JSON = ["device": .string(id), "policy": .string(policy.rawValue)]
        _ = try? await process.ask("close", params, limit: process.timing.close)
        process.remove(id, token)
    }
}

extension Command {
    /// The most a box may be told to follow it, in A or W; nil for commands without one.
    fileprivate var most: Exact? {
        switch self {
        case .charge(.current(let most)), .charge(.power(let most)): most
        case .charge(.off): 0
        case .charge(.on), .phases, .wakeUp, .lock, .display, .set: nil
        }
    }
}
