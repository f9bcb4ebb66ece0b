extension SiteStorage {
    /// Connectors that were made Inoperative (ChangeAvailability); they stay so over a restart. 0 is the station.
    ///
    /// Throws `StorageError`.
    public func inoperativeConnectors() async throws(StorageError) -> Set<Int> {
        var connectors: Set<Int> = []
        for row in try await database.query("SELECT connector FROM ocpp_inoperative") {
            connectors.insert(Int(try row.integer("connector")))
        }
        return connectors
    }

    /// Makes connectors Inoperative or Operative, all or none. Throws `StorageError`.
    public func setInoperative(
        _ isInoperative: Bool, connectors: [Int], at now: WallTime = .now()
    ) async throws(StorageError) {
        try await database.transaction { connection throws(StorageError) in
            for connector in connectors {
                if isInoperative {
                    try connection.execute(
                        "INSERT OR IGNORE INTO ocpp_inoperative (connector, since) VALUES (?, ?)",
                        [.number(connector), .time(now)])
                } else {
                    try connection.execute(
                        "DELETE FROM ocpp_inoperative WHERE connector = ?", [.number(connector)])
                }
            }
        }
    }
}
