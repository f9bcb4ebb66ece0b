/// The steps that make the site's database.
enum SiteSchema {
    /// All steps, oldest first. Never change one that was released; add a further one.
    static let migrations = site + OCPPSchema.migrations

    private static let site: [Migration] = [
        Migration(
            "001-told-values",
            """
            CREATE TABLE told_values (
                device TEXT PRIMARY KEY, state BLOB NOT NULL, generation INTEGER NOT NULL, stored_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE generations (
                id INTEGER PRIMARY KEY CHECK (id = 1), last INTEGER NOT NULL) STRICT;
            INSERT INTO generations VALUES (1, 0);
            """),
        Migration(
            "002-register-writes",
            """
            CREATE TABLE register_writes (
                device TEXT NOT NULL, point TEXT NOT NULL, minute INTEGER NOT NULL, count INTEGER NOT NULL,
                PRIMARY KEY (device, point, minute)
            ) STRICT, WITHOUT ROWID;
            """),
        Migration(
            "003-driver-store-and-settings",
            """
            CREATE TABLE driver_store (
                device TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (device, key)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
            """),
        Migration(
            "004-clock",
            """
            CREATE TABLE clock (id INTEGER PRIMARY KEY CHECK (id = 1), seen INTEGER NOT NULL) STRICT;
            """),
        Migration(
            "005-connectors",
            """
            CREATE TABLE connectors (
                device TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE CHECK (number >= 1),
                assigned_at INTEGER NOT NULL, retired_at INTEGER
            ) STRICT, WITHOUT ROWID;
            """),
        Migration(
            "006-events",
            """
            CREATE TABLE events (
                id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, level TEXT NOT NULL, code TEXT NOT NULL,
                device TEXT, text TEXT NOT NULL, is_alarm INTEGER NOT NULL, cleared_at INTEGER
            ) STRICT;
            CREATE UNIQUE INDEX open_alarms ON events (code, ifnull(device, ''))
                WHERE is_alarm = 1 AND cleared_at IS NULL;
            """),
    ]
}
