import Host
import LoadManagement
import Synchronization

/// A store in memory that fails or hangs when it is told to, and remembers what was stored when.
final class FakeStore: ToldStore {
    enum Behaviour { case stores, fails, hangs }

    struct Failure: Error, CustomStringConvertible { let description = "the disk is full" }

    private struct State {
        var behaviour = Behaviour.stores
        var bookings: [String: BoxBooking] = [:]
        var hanging: [CheckedContinuation<Void, Never>] = []
        var writes: [[String: BoxBooking]] = []
    }

    private let state = Mutex(State())

    var bookings: [String: BoxBooking] { state.withLock { $0.bookings } }
    var writes: [[String: BoxBooking]] { state.withLock { $0.writes } }
    var isHanging: Bool { state.withLock { !$0.hanging.isEmpty } }
    func set(_ behaviour: Behaviour) { state.withLock { $0.behaviour = behaviour } }

    func store(_ bookings: [String: BoxBooking]) async throws {
        switch state.withLock({ $0.behaviour }) {
        case .fails: throw Failure()
        case .hangs:
            await withCheckedContinuation { continuation in state.withLock { $0.hanging.append(continuation) } }
        case .stores: break
        }
        state.withLock {
            $0.bookings.merge(bookings) { _, new in new }
            $0.writes.append(bookings)
        }
    }

    func remove(_ boxes: [String]) async throws {
        state.withLock { state in for box in boxes { state.bookings[box] = nil } }
    }

    func load() async throws -> [String: BoxBooking] { bookings }

    /// Lets what hangs go on.
    func release() {
        let hanging = state.withLock { state in
            state.behaviour = .stores
            defer { state.hanging = [] }
            return state.hanging
        }
        for continuation in hanging { continuation.resume() }
    }
}
