import Storage

/// What waits for OCPP backends and what could not be delivered, as programs get it.
public struct QueueDocument: Codable, Hashable, Sendable {
    /// One backend's queue.
    public struct Queue: Codable, Hashable, Sendable {
        /// The backend's URL.
        public var backend: String
        /// The ChargePointID the site has there.
        public var charge_point: String
        /// How many messages wait.
        public var waiting: Int
        /// How many could not be delivered.
        public var undelivered: Int
        /// Since when the first of those that wait has waited, in UTC; nil when none waits.
        public var oldest: String?
    }

    /// A transaction that has no stop.
    public struct Open: Codable, Hashable, Sendable {
        /// Its local id.
        public var transaction: Int
        /// The box's id in the site file.
        public var box: String
        /// The connector the backend sees.
        public var connector: Int
        /// When it began, in UTC.
        public var start: String
        /// What was charged up to the last meter value, in Wh.
        public var energy_wh: Int
        /// When that value was read, in UTC.
        public var meter_at: String
        /// The id the backend gave; nil until its answer has come.
        public var backend_id: Int?
    }

    /// What could not be delivered of one transaction.
    public struct Undelivered: Codable, Hashable, Sendable {
        /// Its local id; nil for a stop that belongs to none, which cannot be sent again.
        public var transaction: Int?
        /// The connector the backend sees.
        public var connector: Int
        /// The messages, in their order: StartTransaction, MeterValues, StopTransaction.
        public var messages: [String]
        /// Since when the first of them is here, in UTC.
        public var since: String
        /// Why, for people.
        public var reason: String
        /// The backend's URL.
        public var backend: String
    }

    /// All queues that have something in them, those of former backends too.
    public var queues: [Queue]
    /// Transactions that have no stop, oldest first.
    public var open: [Open]
    /// What could not be delivered, in the order it was to be sent.
    public var undelivered: [Undelivered]

    /// What a site has stored. Throws `StorageError`.
    public init(_ storage: SiteStorage) async throws(StorageError) {
        queues = try await storage.queues().map(Queue.init)
        open = try await storage.openTransactions().map(Open.init)
        undelivered = Self.grouped(try await storage.undelivered())
    }

    /// One entry for each transaction, and one for each message that belongs to none.
    private static func grouped(_ messages: [UndeliveredMessage]) -> [Undelivered] {
        var entries: [Undelivered] = []
        var places: [Int: Int] = [:]
        for message in messages {
            if let transaction = message.transaction, let place = places[transaction] {
                entries[place].messages.append(message.kind.rawValue)
                continue
            }
            if let transaction = message.transaction { places[transaction] = entries.count }
            entries.append(Undelivered(message))
        }
        return entries
    }
}

extension QueueDocument.Queue {
    init(_ summary: QueueSummary) {
        self.init(
            backend: summary.backend.url, charge_point: summary.backend.chargePoint, waiting: summary.waiting,
            undelivered: summary.undelivered, oldest: summary.oldest.map { "\($0)" })
    }
}

extension QueueDocument.Open {
    init(_ transaction: StoredTransaction) {
        self.init(
            transaction: transaction.id, box: transaction.box, connector: transaction.connector,
            start: "\(transaction.startedAt)", energy_wh: transaction.meterLast - transaction.meterStart,
            meter_at: "\(transaction.meterAt)", backend_id: transaction.backendID)
    }
}

extension QueueDocument.Undelivered {
    init(_ message: UndeliveredMessage) {
        self.init(
            transaction: message.transaction, connector: message.connector, messages: [message.kind.rawValue],
            since: "\(message.since)", reason: message.reason, backend: message.backend.url)
    }
}
