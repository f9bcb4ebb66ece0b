extension SiteStorage {
    /// Takes over into the restored database at `restored` what no backup can know: what the boxes were told since, how
    /// often registers were written, connector numbers given away, and what was charged: no session is lost, and none is
    /// reported to the backend a second time.
    ///
    /// `present` is the database that it replaces; nil, or one that cannot be read: nothing counts as told, so every box is
    /// booked at the most it may draw. Throws `StorageError` where the restored one cannot be written.
    public static func carryOver(from present: String?, into restored: String) throws(StorageError) {
        let connection = try Connection(path: restored)
        try connection.executeScript(
            """
            BEGIN IMMEDIATE;
            DELETE FROM told_values;
            DELETE FROM driver_store WHERE key IN ('told', 'last-on');
            COMMIT;
            """)
        guard let present else { return }
        try take("ATTACH ? AS present", [.text(present)], connection)
        for script in [told, billed] {
            try take { () throws(StorageError) in
                try connection.transaction { connection throws(StorageError) in try connection.executeScript(script) }
            }
        }
    }

    private static let told = """
        INSERT INTO told_values SELECT device, state, generation, stored_at FROM present.told_values;
        UPDATE generations SET last = max(last, (SELECT last FROM present.generations));
        INSERT INTO register_writes SELECT device, point, minute, count FROM present.register_writes WHERE true
            ON CONFLICT (device, point, minute) DO UPDATE SET count = max(count, excluded.count);
        INSERT OR REPLACE INTO driver_store SELECT device, key, value FROM present.driver_store
            WHERE key IN ('told', 'last-on') OR key LIKE 'wear.%';
        INSERT OR IGNORE INTO connectors SELECT device, number, assigned_at, retired_at FROM present.connectors;
        """

    /// The messages come last: triggers count them in their queue. Numbers that were given are never given again.
    private static let billed = """
        DELETE FROM ocpp_messages;
        DELETE FROM ocpp_transactions;
        DELETE FROM ocpp_queues;
        DELETE FROM sessions;
        INSERT INTO ocpp_queues SELECT * FROM present.ocpp_queues;
        UPDATE ocpp_queues SET messages = 0;
        INSERT INTO ocpp_transactions SELECT * FROM present.ocpp_transactions;
        INSERT INTO ocpp_messages SELECT * FROM present.ocpp_messages;
        INSERT INTO sessions SELECT * FROM present.sessions;
        DELETE FROM sqlite_sequence WHERE name IN (SELECT name FROM present.sqlite_sequence)
            AND seq < (SELECT seq FROM present.sqlite_sequence p WHERE p.name = sqlite_sequence.name);
        INSERT INTO sqlite_sequence SELECT name, seq FROM present.sqlite_sequence
            WHERE name NOT IN (SELECT name FROM main.sqlite_sequence);
        """

    private static func take(
        _ sql: String, _ values: [SQLValue], _ connection: Connection
    ) throws(StorageError) {
        try take { () throws(StorageError) in try connection.execute(sql, values) }
    }

    /// The present database may be damaged or of another version: what cannot be taken over stays as in the backup, and
    /// what counts as told is nothing, which is the safe side. A disk that fails is an error.
    private static func take(_ body: () throws(StorageError) -> Void) throws(StorageError) {
        do throws(StorageError) {
            try body()
        } catch {
            switch error {
            case .diskFull, .disk, .readOnly: throw error
            default: return
            }
        }
    }
}

extension SiteStorage {
    /// A setting of a database file that nobody has open; nil where there is none. Throws `StorageError`.
    public static func setting(_ key: String, in path: String) throws(StorageError) -> String? {
        let rows = try Connection(path: path, isReadOnly: true).query(
            "SELECT value FROM settings WHERE key = ?", [.text(key)])
        return try rows.first?.text("value")
    }
}
