/// The steps that make the tables of OCPP, after those of the site.
enum OCPPSchema {
    /// Oldest first. Never change one that was released; add a further one.
    static let migrations: [Migration] = [
        Migration(
            "007-ocpp-queue",
            """
            CREATE TABLE ocpp_queues (
                id INTEGER PRIMARY KEY, backend TEXT NOT NULL, charge_point TEXT NOT NULL,
                messages INTEGER NOT NULL DEFAULT 0, UNIQUE (backend, charge_point)
            ) STRICT;
            CREATE TABLE ocpp_transactions (
                id INTEGER PRIMARY KEY AUTOINCREMENT, queue INTEGER NOT NULL REFERENCES ocpp_queues (id),
                box TEXT NOT NULL, connector INTEGER NOT NULL, id_tag TEXT NOT NULL, reported_start INTEGER NOT NULL,
                started_at INTEGER NOT NULL, meter_start INTEGER NOT NULL, meter_last INTEGER NOT NULL,
                meter_at INTEGER NOT NULL, reported_stop INTEGER, stopped_at INTEGER, meter_stop INTEGER,
                stop_reason TEXT, backend_id INTEGER, undelivered_since INTEGER, undelivered_reason TEXT
            ) STRICT;
            CREATE INDEX ocpp_transactions_by_start ON ocpp_transactions (connector, started_at);
            CREATE INDEX ocpp_transactions_by_report ON ocpp_transactions (connector, reported_start);
            CREATE INDEX ocpp_transactions_open ON ocpp_transactions (connector) WHERE stopped_at IS NULL;
            CREATE INDEX ocpp_transactions_by_backend ON ocpp_transactions (queue, backend_id)
                WHERE backend_id IS NOT NULL;
            CREATE TABLE ocpp_messages (
                id INTEGER PRIMARY KEY AUTOINCREMENT, queue INTEGER NOT NULL REFERENCES ocpp_queues (id),
                transaction_id INTEGER REFERENCES ocpp_transactions (id), connector INTEGER NOT NULL,
                kind TEXT NOT NULL, payload BLOB NOT NULL, queued_at INTEGER NOT NULL,
                attempts INTEGER NOT NULL DEFAULT 0, closes INTEGER NOT NULL DEFAULT 0,
                thinned INTEGER NOT NULL DEFAULT 0, undelivered_since INTEGER, undelivered_reason TEXT
            ) STRICT;
            CREATE INDEX ocpp_messages_waiting ON ocpp_messages (queue, id) WHERE undelivered_since IS NULL;
            CREATE INDEX ocpp_messages_undelivered ON ocpp_messages (id) WHERE undelivered_since IS NOT NULL;
            CREATE INDEX ocpp_messages_by_transaction ON ocpp_messages (transaction_id);
            CREATE TRIGGER ocpp_messages_added AFTER INSERT ON ocpp_messages BEGIN
                UPDATE ocpp_queues SET messages = messages + 1 WHERE id = NEW.queue;
            END;
            CREATE TRIGGER ocpp_messages_removed AFTER DELETE ON ocpp_messages BEGIN
                UPDATE ocpp_queues SET messages = messages - 1 WHERE id = OLD.queue;
            END;
            """),
        Migration(
            "008-sessions",
            """
            CREATE TABLE sessions (
                id INTEGER PRIMARY KEY AUTOINCREMENT, box TEXT NOT NULL, connector INTEGER, card TEXT,
                started_at INTEGER NOT NULL, meter_start INTEGER NOT NULL, ended_at INTEGER, meter_end INTEGER,
                reason TEXT, transaction_id INTEGER UNIQUE
            ) STRICT;
            CREATE INDEX sessions_by_start ON sessions (started_at);
            CREATE INDEX sessions_open ON sessions (box) WHERE ended_at IS NULL;
            """),
        Migration(
            "009-ocpp-station",
            """
            CREATE TABLE ocpp_configuration (
                connector INTEGER NOT NULL, key TEXT NOT NULL COLLATE NOCASE, value TEXT NOT NULL,
                PRIMARY KEY (connector, key)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE ocpp_local_list (
                id_tag TEXT PRIMARY KEY COLLATE NOCASE, status TEXT NOT NULL, parent TEXT, expires_at INTEGER
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE ocpp_local_list_version (
                id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL) STRICT;
            INSERT INTO ocpp_local_list_version VALUES (1, 0);
            CREATE TABLE ocpp_authorisation_cache (
                id_tag TEXT PRIMARY KEY COLLATE NOCASE, status TEXT NOT NULL, parent TEXT, expires_at INTEGER,
                used_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX ocpp_authorisation_cache_by_use ON ocpp_authorisation_cache (used_at);
            CREATE TABLE ocpp_reservations (
                id INTEGER PRIMARY KEY, connector INTEGER NOT NULL, id_tag TEXT NOT NULL, parent TEXT,
                expires_at INTEGER NOT NULL
            ) STRICT;
            CREATE TABLE ocpp_charging_profiles (
                id INTEGER PRIMARY KEY, connector INTEGER NOT NULL, purpose TEXT NOT NULL, stack_level INTEGER NOT NULL,
                transaction_id INTEGER, profile BLOB NOT NULL, stored_at INTEGER NOT NULL
            ) STRICT;
            CREATE TABLE ocpp_inoperative (
                connector INTEGER PRIMARY KEY, since INTEGER NOT NULL) STRICT;
            CREATE TABLE ocpp_slaves (
                charge_point TEXT PRIMARY KEY, box TEXT NOT NULL, vendor TEXT, model TEXT, serial TEXT, key BLOB,
                paired_at INTEGER NOT NULL, seen_at INTEGER
            ) STRICT, WITHOUT ROWID;
            """),
        Migration(
            "010-ocpp-uncertain-times",
            """
            ALTER TABLE ocpp_messages ADD COLUMN uncertain INTEGER NOT NULL DEFAULT 0;
            CREATE INDEX ocpp_messages_uncertain ON ocpp_messages (queue, id) WHERE uncertain = 1;
            """),
    ]
}
