extension SiteStorage {
    /// Counts a write if its budget has room for it; false if it has none, then nothing is counted and the frame must
    /// not be sent. Counted before it is sent: a crash between costs a write of the budget, not of the memory.
    ///
    /// Throws `StorageError`.
    public func reserveWrite(
        device: String, point: String, budget: WriteBudget, at time: WallTime = .now()
    ) async throws(StorageError) -> Bool {
        try await database.transaction { connection throws(StorageError) in
            let writes = PointWrites(connection: connection, device: device, point: point)
            guard try writes.counts(at: time).leavesRoom(for: budget) else { return false }
            try writes.add(at: time)
            return true
        }
    }

    /// Counts a write whatever its budget, as for stop and lowering; returns the counts including it.
    ///
    /// Throws `StorageError`.
    @discardableResult
    public func recordWrite(
        device: String, point: String, at time: WallTime = .now()
    ) async throws(StorageError) -> WriteCounts {
        try await database.transaction { connection throws(StorageError) in
            let writes = PointWrites(connection: connection, device: device, point: point)
            try writes.add(at: time)
            return try writes.counts(at: time)
        }
    }

    /// How often a point was written lately. Throws `StorageError`.
    public func writeCounts(
        device: String, point: String, at time: WallTime = .now()
    ) async throws(StorageError) -> WriteCounts {
        try await database.transaction { connection throws(StorageError) in
            try PointWrites(connection: connection, device: device, point: point).counts(at: time)
        }
    }
}
