import DeviceProfiles
import DriverAPI
import Modbus
import ReadPlanning

/// One device that a profile describes, on one link: an engine and the task that drives it.
///
/// Commands go between two requests of a round, never after a whole round; the newest of a block replaces one that waits.
public final class ModbusProfileDevice: Device {
    /// Everything the device reports, in order; ends after ``close(_:)``. One consumer.
    public let updates: AsyncStream<DeviceUpdate>

    private let engine: ProfileEngine
    private let commands: CommandQueue
    private let task: Task<Void, Never>
    private let leaving: LeavingPolicy

    /// Opens the device and begins to serve it; connecting is its own work. `onClose` gives the link back.
    ///
    /// Throws ``DriverError/configuration(_:)`` for options that cannot be right.
    public init(
        profile: any VariableProfile, link: any RegisterLink, configuration: EngineConfiguration,
        context: DriverContext, onClose: @escaping @Sendable () -> Void = {}
    ) async throws(DriverError) {
        let (updates, continuation) = AsyncStream.makeStream(of: DeviceUpdate.self)
        let commands = CommandQueue()
        let engine = try await ProfileEngine(
            profile: profile, link: link, clock: context.clock, store: context.store, configuration: configuration,
            permission: context.permission, commands: commands,
            waiting: QueueWaiting(clock: context.clock, commands: commands),
            report: { continuation.yield($0) }, log: context.log)
        let leaving = LeavingPolicy()
        self.updates = updates
        self.commands = commands
        self.engine = engine
        self.leaving = leaving
        task = Task {
            continuation.yield(.link(.connecting))
            while !commands.isClosed {
                // On the thread of the line no change of thread is needed between asking and answering. Other rounds
                // need more memory than a thread for each of many lines should keep.
                let executor = await engine.isRoutine ? link.executor : nil
                _ = await withTaskExecutorPreference(executor) { await engine.round() }
                await engine.rest()
            }
            await engine.leave(leaving.policy)
            await engine.close()
            onClose()
            continuation.finish()
        }
    }

    /// Whether a command waits that the engine has not taken up.
    var hasWaitingCommands: Bool { !commands.waiting.isEmpty }

    /// A device that is given up without being closed writes nothing more.
    deinit { commands.close() }

    /// Carries a command out and verifies it by reading back.
    public func apply(_ command: Command) async throws(DriverError) -> CommandOutcome {
        try await submit(command, isAnew: false)
    }

    /// The same, with its frames even where the box was told the same before and reads as told.
    public func applyAnew(_ command: Command) async throws(DriverError) -> CommandOutcome {
        try await submit(command, isAnew: true)
    }

    private func submit(_ command: Command, isAnew: Bool) async throws(DriverError) -> CommandOutcome {
        let result = await withCheckedContinuation { continuation in
            commands.submit(.init(command: command, isAnew: isAnew) { continuation.resume(returning: $0) })
        }
        return try result.get()
    }

    /// Reads the named points now, on-demand ones included; all when `points` is nil.
    public func read(_ points: [String]?) async throws(DriverError) -> [Reading] {
        try await run { engine throws(DriverError) in try await engine.read(points) }
    }

    /// Takes over a new version of the profile between two rounds; a running limit is asserted again.
    ///
    /// Throws ``DriverError/configuration(_:)`` when the options do not fit it; then the old one goes on.
    public func replace(profile: any VariableProfile) async throws(DriverError) {
        try await run { engine throws(DriverError) in try engine.replace(profile: profile) }
    }

    /// Accepts the device found in place of the one known, so that it may be written.
    public func confirmIdentity() async throws(DriverError) {
        try await run { engine throws(DriverError) in try await engine.confirmIdentity() }
    }

    /// Ends the device's traffic, after what its profile does on leaving when `policy` says so.
    public func close(_ policy: LeavePolicy) async {
        leaving.set(policy)
        commands.close()
        await task.value
        commands.dropErrands()
    }

    /// Runs something on the engine between two requests.
    private func run<Result: Sendable>(
        _ errand: @escaping @Sendable (isolated ProfileEngine) async throws(DriverError) -> Result
    ) async throws(DriverError) -> Result {
        let result: Swift.Result<Result, DriverError> = await withCheckedContinuation { continuation in
            commands.submit(
                CommandQueue.Errand(
                    run: { engine in
                        do throws(DriverError) {
                            continuation.resume(returning: .success(try await errand(engine)))
                        } catch {
                            continuation.resume(returning: .failure(error))
                        }
                    }, drop: { continuation.resume(returning: .failure(.closed)) }))
        }
        return try result.get()
    }
}
