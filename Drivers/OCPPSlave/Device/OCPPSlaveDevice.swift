import DriverAPI
import OCPP

/// One connector of a slave as a wallbox.
public final class OCPPSlaveDevice: Device {
    /// Everything the connector reports, in order; ends after ``close(_:)``. One consumer.
    public let updates: AsyncStream<DeviceUpdate>

    private let engine: ConnectorEngine
    private let slave: Slave
    private let place: SlaveConnector
    private let round: Task<Void, Never>
    private let finish: @Sendable () -> Void

    init(
        _ device: DeviceConfiguration, hub: SlaveHub, context: DriverContext
    ) async throws(DriverError) {
        guard let place = SlaveConnector(address: device.address) else {
            throw .configuration(
                "\(device.address) is no connector of an OCPP slave; write ocpp://ID or ocpp://ID/2, with %23 for #")
        }
        do throws(SuffixProblem) {
            _ = try place.slave.connector()
        } catch {
            throw .configuration(error.description)
        }
        let options = try ConnectorOptions(device.options)
        let slave = hub.slave(place.slave)
        guard await slave.engines[place.connector] == nil else {
            throw .configuration("\(place) is a device already; one connector can only be one")
        }
        let (updates, continuation) = AsyncStream.makeStream(of: DeviceUpdate.self)
        let engine = ConnectorEngine(
            place, options, slave: slave, context: context, report: { continuation.yield($0) })
        self.updates = updates
        self.engine = engine
        self.slave = slave
        self.place = place
        finish = { continuation.finish() }
        continuation.yield(.link(.connecting))
        await engine.recall(lastTold: device.lastTold)
        await slave.register(engine, on: place.connector)
        let (clock, interval) = (context.clock, hub.settings.pollInterval)
        round = Task {
            while !Task.isCancelled {
                guard (try? await clock.sleep(interval)) != nil else { return }
                await engine.round()
            }
        }
    }

    deinit { round.cancel() }

    /// Carries a command out: an order is a charging profile, acknowledged by the slave and, where it can be, read back.
    public func apply(_ command: Command) async throws(DriverError) -> CommandOutcome {
        try await engine.apply(command)
    }

    /// What the connector shows now; a slave that can is asked for new values first.
    public func read(_ points: [String]?) async throws(DriverError) -> [Reading] { try await engine.read(points) }

    /// Ends the device. The slave keeps its profiles: after the hold time it follows its fall-back current; with
    /// `stop` it is told to stop before.
    public func close(_ policy: LeavePolicy) async {
        if policy == .stop { _ = try? await engine.apply(.charge(.off)) }
        round.cancel()
        await engine.close()
        await slave.unregister(engine, from: place.connector)
        finish()
    }
}
