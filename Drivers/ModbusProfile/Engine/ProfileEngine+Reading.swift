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
        let fresh = publish()
        guard let points else { return readings }
        _ = fresh
        return points.compactMap { board.reading($0) }
    }

    /// Reads these points, and those of them that become readable meanwhile.
    private func readEach(_ positions: [Int]) async throws(DriverError) {
        var done = Set<Int>()
        while true {
            let wanted = Set(registers(behind: positions)).filter { board.states[$0].isReadable && !done.contains($0) }
            if wanted.isEmpty { return }
            done.formUnion(wanted)
            guard await readNow(wanted.sorted()) else { throw lost() }
        }
    }
}
