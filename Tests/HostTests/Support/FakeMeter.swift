import DriverAPI
import LoadManagement
import Synchronization

/// A meter that shows what it is given.
final class FakeMeter: Device {
    let id: String
    let updates: AsyncStream<DeviceUpdate>
    private let reports: AsyncStream<DeviceUpdate>.Continuation
    private let state = Mutex((sequence: 0, isOnline: false, energy: 0, isClosed: false))

    init(_ id: String) {
        self.id = id
        (updates, reports) = AsyncStream.makeStream(of: DeviceUpdate.self)
    }

    var sequence: Int { state.withLock { $0.sequence } }
    var isClosed: Bool { state.withLock { $0.isClosed } }

    func apply(_ command: Command) async throws(DriverError) -> CommandOutcome { throw .unsupported("a meter") }
    func read(_ points: [String]?) async throws(DriverError) -> [Reading] { [] }

    func close(_ policy: LeavePolicy) async {
        state.withLock { $0.isClosed = true }
        reports.finish()
    }

    /// Shows `milliamperes` on every phase; nil: it does not answer.
    func show(_ milliamperes: Int?, at now: MonotonicTime) {
        show(milliamperes.map { PhaseCurrents(each: $0) }, at: now)
    }

    /// Shows `shown`; nil: it does not answer.
    func show(_ shown: PhaseCurrents?, at now: MonotonicTime) {
        state.withLock { state in
            state.sequence += 1
            let sequence = Reading(
                point: "sequence", value: .number(Exact(state.sequence)), quality: .offline, time: now)
            guard let shown else {
                state.isOnline = false
                reports.yield(.link(.silent(since: now, reason: "timeout")))
                reports.yield(.readings([sequence]))
                return
            }
            if !state.isOnline {
                state.isOnline = true
                reports.yield(
                    .described(
                        DeviceDescription(deviceClass: .meter, points: ["current.l1", "current.l2", "current.l3"])))
                reports.yield(.link(.online))
            }
            // A living meter's counter moves.
            state.energy += 1
            let currents = zip(["current.l1", "current.l2", "current.l3"], [shown.l1, shown.l2, shown.l3]).map {
                Reading(
                    point: $0, value: Exact(Int128($1), over: 1000).map(Value.number), unit: .A, quality: .good,
                    time: now)
            }
            let energy = Reading(
                point: "energy_import", value: .number(Exact(state.energy)), unit: .Wh, quality: .good, time: now)
            reports.yield(.readings(currents + [energy, sequence]))
        }
    }
}
