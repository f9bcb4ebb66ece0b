import DeviceProfiles
import DriverAPI

extension ProfileEngine {
    /// Reads the named points now, on-demand ones included; all when nil.
    ///
    /// Throws ``DriverError/unsupported(_:)`` for a name the profile does not have, ``DriverError/unreachable(_:)`` for a
    /// silent device.
    public func read(_ points: [String]?) async throws(DriverError) -> [Reading] {
        if connection.isClosed { throw .closed }
        if !contact.isOnline || !connection.isSetUp {
            guard contact.mayAsk(at: clock.now) else { throw lost() }
            try await connect()
        }
        for name in points ?? [] where board.reading(name) == nil {
            throw .unsupported("the profile \(current.id) has no point \(name)")
        }
        let named = points?.map { $0 == "state.reason" ? "state" : $0 }.compactMap { board.position($0) }
        try await readEach(named ?? Array(board.points.indices))
        _ = publish()
        return points?.compactMap { board.reading($0) } ?? readings
    }

    /// Reads these points, and those of them that become readable meanwhile.
    func readEach(_ positions: [Int]) async throws(DriverError) {
        var done = DueItems(count: board.items.count)
        while true {
            let wanted = board.items(of: positions).subtracting(done)
            if wanted.isEmpty { return }
            done.add(wanted)
            guard await readNow(wanted) else { throw lost() }
        }
    }
}
