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
    ]
}
