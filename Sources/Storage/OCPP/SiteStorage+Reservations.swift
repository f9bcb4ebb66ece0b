extension SiteStorage {
    /// All reservations, expired ones too, by id. Throws `StorageError`.
    public func reservations() async throws(StorageError) -> [StoredReservation] {
        let rows = try await database.query("SELECT * FROM ocpp_reservations ORDER BY id")
        return try rows.map { row throws(StorageError) in try StoredReservation(row) }
    }

    /// Stores a reservation in place of the one with the same id. Throws `StorageError`.
    public func storeReservation(_ reservation: StoredReservation) async throws(StorageError) {
        try await database.execute(
            """
            INSERT OR REPLACE INTO ocpp_reservations (id, connector, id_tag, parent, expires_at) VALUES (?, ?, ?, ?, ?)
            """,
            [
                .number(reservation.id), .number(reservation.connector), .text(reservation.idTag),
                .textOrNull(reservation.parent), .time(reservation.expiresAt),
            ])
    }

    /// Removes a reservation; false when there was none with the id. Throws `StorageError`.
    @discardableResult
    public func removeReservation(_ id: Int) async throws(StorageError) -> Bool {
        try await database.transaction { connection throws(StorageError) in
            try connection.execute("DELETE FROM ocpp_reservations WHERE id = ?", [.number(id)])
            return connection.changes > 0
        }
    }
}
