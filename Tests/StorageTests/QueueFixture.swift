import Storage

/// A queue in a folder of its own, and messages for it.
struct QueueFixture {
    let folder: TemporaryFolder
    let storage: SiteStorage
    let queue: TransactionQueue

    static let backend = Backend(url: "wss://csms.example/ocpp", chargePoint: "SITE 1")

    init(
        limits: QueueLimits = QueueLimits(ballast: 0), folder: TemporaryFolder? = nil,
        backend: Backend = QueueFixture.backend
    ) async throws {
        let place = try folder ?? TemporaryFolder()
        self.folder = place
        storage = try await SiteStorage(path: place.database, now: noon)
        queue = try await storage.transactionQueue(for: backend, limits: limits)
    }

    /// What is in the folder after the process was gone.
    func reopened(backend: Backend = QueueFixture.backend) async throws -> QueueFixture {
        await storage.close()
        return try await QueueFixture(folder: folder, backend: backend)
    }

    func start(_ connector: Int, second: Int64 = 0, tag: String = "CARD", meter: Int = 1000) -> TransactionStart {
        TransactionStart(
            box: "box\(connector)", connector: connector, idTag: tag, at: noon.advanced(bySeconds: second),
            meterStart: meter
        ) { time in Array("start \(connector) \(time) \(tag) \(meter)".utf8) }
    }

    func readings(_ transaction: Int, _ meter: Int?, second: Int64 = 60) -> MeterReadings {
        MeterReadings(
            transaction: transaction, meter: meter, at: noon.advanced(bySeconds: second),
            payload: Array("meter \(meter ?? -1)".utf8))
    }

    func stop(
        _ connector: Int, _ transaction: Int = -1, second: Int64 = 3600, meter: Int? = 5000, reason: String? = nil
    ) -> TransactionStop {
        TransactionStop(
            box: "box\(connector)", connector: connector, transaction: transaction,
            at: noon.advanced(bySeconds: second), meterStop: meter, reason: reason
        ) { facts in Array("stop \(facts.transaction ?? -1) \(facts.at) \(facts.meterStop)".utf8) }
    }

    /// Begins a transaction; its local id.
    func begin(_ connector: Int, second: Int64 = 0, meter: Int = 1000) async throws -> Int {
        try await queue.append(.start(start(connector, second: second, meter: meter)), at: noon).transaction ?? -1
    }

    /// What waits, as text.
    func waiting(_ backend: Backend = QueueFixture.backend) async throws -> [String] {
        try await storage.waiting(for: backend, first: 1000).map { String(decoding: $0.payload, as: UTF8.self) }
    }

    /// Answers everything that waits as a backend does; the texts in their order.
    func drain() async throws -> [String] {
        var sent: [String] = []
        var backendID = 700
        while let message = try await queue.next() {
            sent.append(String(decoding: message.payload, as: UTF8.self))
            backendID += 1
            try await queue.delivered(message.id, backendID: message.kind == .start ? backendID : nil)
        }
        return sent
    }
}
