extension SiteStorage {
    /// All paired slaves, by ChargePointID. Throws `StorageError`.
    public func pairedSlaves() async throws(StorageError) -> [PairedSlave] {
        let rows = try await database.query("SELECT * FROM ocpp_slaves ORDER BY charge_point")
        return try rows.map { row throws(StorageError) in try PairedSlave(row) }
    }

    /// The slave with a ChargePointID, which is compared exactly; nil for an unknown one. Throws `StorageError`.
    public func pairedSlave(_ chargePoint: String) async throws(StorageError) -> PairedSlave? {
        let rows = try await database.query("SELECT * FROM ocpp_slaves WHERE charge_point = ?", [.text(chargePoint)])
        return try rows.first.map { row throws(StorageError) in try PairedSlave(row) }
    }

    /// Stores a slave, in place of what was stored for its ChargePointID. Throws `StorageError`.
    public func storePairedSlave(_ slave: PairedSlave) async throws(StorageError) {
        try await database.execute(
            """
            INSERT OR REPLACE INTO ocpp_slaves (charge_point, box, vendor, model, serial, key, paired_at, seen_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(slave.chargePoint), .text(slave.box), .textOrNull(slave.vendor), .textOrNull(slave.model),
                .textOrNull(slave.serial), slave.key.map { .blob($0) } ?? .null, .time(slave.pairedAt),
                slave.seenAt.map { .time($0) } ?? .null,
            ])
    }

    /// Takes a slave's right to connect; its transactions and sessions stay. Throws `StorageError`.
    public func unpairSlave(_ chargePoint: String) async throws(StorageError) {
        try await database.execute("DELETE FROM ocpp_slaves WHERE charge_point = ?", [.text(chargePoint)])
    }
}
