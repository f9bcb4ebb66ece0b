import Synchronization

/// The newest connection of every client by its id: a newer one closes the older, which may be dead without anybody
/// having noticed.
public final class NewestConnections<ID: Hashable & Sendable>: Sendable {
    /// A connection's place; of several with one id only the last is current.
    public struct Place: Hashable, Sendable {
        let id: ID
        let number: UInt64
    }

    private struct State {
        var last: UInt64 = 0
        var current: [ID: (number: UInt64, close: @Sendable () -> Void)] = [:]
    }

    private let state = Mutex(State())

    /// Nobody is connected yet.
    public init() {}

    /// Takes a connection in. An older one with the same id is closed by its own `close`, and is no longer current when
    /// this returns.
    public func enter(_ id: ID, close: @escaping @Sendable () -> Void) -> Place {
        let (place, older) = state.withLock { state in
            state.last += 1
            let older = state.current.updateValue((state.last, close), forKey: id)
            return (Place(id: id, number: state.last), older)
        }
        older?.close()
        return place
    }

    /// Whether what comes from a connection still counts.
    public func isCurrent(_ place: Place) -> Bool {
        state.withLock { $0.current[place.id]?.number == place.number }
    }

    /// A connection has ended; a newer one with its id stays. Whether it was the current one.
    @discardableResult
    public func leave(_ place: Place) -> Bool {
        state.withLock { state in
            guard state.current[place.id]?.number == place.number else { return false }
            state.current[place.id] = nil
            return true
        }
    }

    /// The ids that are connected.
    public var ids: Set<ID> { state.withLock { Set($0.current.keys) } }
}
