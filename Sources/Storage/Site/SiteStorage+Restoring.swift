extension SiteStorage {
    /// Takes over into the restored database at `restored` what no backup can know: what the boxes were told since, how
    /// often registers were written, and connector numbers given away.
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
        do throws(StorageError) {
            try connection.execute("ATTACH ? AS present", [.text(present)])
            try connection.transaction { connection throws(StorageError) in
                try connection.executeScript(
                    """
                    INSERT INTO told_values SELECT device, state, generation, stored_at FROM present.told_values;
                    UPDATE generations SET last = max(last, (SELECT last FROM present.generations));
                    INSERT INTO register_writes SELECT device, point, minute, count FROM present.register_writes WHERE true
                        ON CONFLICT (device, point, minute) DO UPDATE SET count = max(count, excluded.count);
                    INSERT OR REPLACE INTO driver_store SELECT device, key, value FROM present.driver_store
                        WHERE key IN ('told', 'last-on') OR key LIKE 'wear.%';
                    INSERT OR IGNORE INTO connectors
                        SELECT device, number, assigned_at, retired_at FROM present.connectors;
                    """)
            }
        } catch {
            switch error {
            case .diskFull, .disk, .readOnly: throw error
            // The present one is damaged or of another version: its told values are unknown, which is the safe side.
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
