import OCPP
import OCPPSlave
import Storage

/// Answers for the site what slaves ask: who they are, who may charge, and where their transactions are kept.
///
/// A transaction message of a slave is on the disk before it is answered, whatever the backend does.
actor SlaveDesk: SlaveUplink {
    /// What the present site file says.
    struct Context: Sendable {
        /// The slaves' connectors: upstream number and device, by their own.
        var places: [SlaveConnector: Place] = [:]
        /// Where their transactions are kept; nil while nothing is set up.
        var queue: TransactionQueue?
        /// The station they are connectors of; nil on a site without a backend.
        var runner: StationRunner?

        /// The connectors of one slave, by its own numbers.
        func connectors(of slave: ChargePointID) -> [(own: Int, place: Place)] {
            places.filter { $0.key.slave == slave }.map { ($0.key.connector, $0.value) }.sorted { $0.own < $1.own }
        }
    }

    /// A slave's connector as the site sees it.
    struct Place: Hashable, Sendable {
        /// The number the backend sees.
        var number: Int
        /// The device in the site file.
        var device: String
    }

    let storage: SiteStorage
    let log: HostLog
    let alarm: @Sendable (String) async -> Void
    private(set) var context = Context()
    private var lastValues: [Int: Timestamp] = [:]
    /// Asks slaves who they are; nil where no licence is asked for.
    let examiner: HostExaminer?
    /// Carries its question.
    private(set) var askSlave: HostExaminer.Ask?
    /// Who made the slaves, by their own word since the start.
    var vendors: [ChargePointID: String] = [:]

    init(
        storage: SiteStorage, log: HostLog, examiner: HostExaminer? = nil,
        alarm: @escaping @Sendable (String) async -> Void
    ) {
        self.examiner = examiner
        self.storage = storage
        self.log = log
        self.alarm = alarm
    }

    /// Goes on with another site file.
    func replace(_ context: Context) { self.context = context }

    /// From now on the examiner's questions are carried so.
    func ask(_ carry: @escaping HostExaminer.Ask) { askSlave = carry }

    func known(_ slave: ChargePointID) async -> KnownSlave? {
        let isConfigured = context.places.keys.contains { $0.slave == slave }
        do throws(StorageError) {
            let stored = try await storage.pairedSlave(slave.description)
            guard isConfigured || stored != nil else { return nil }
            return KnownSlave(key: stored?.key, isConfigured: isConfigured)
        } catch {
            log.write(.error, "slave \(slave): its key cannot be read: \(error)")
            return nil
        }
    }

    func remember(_ slave: ChargePointID) async throws(UplinkFailure) {
        do throws(StorageError) {
            try await storage.storePairedSlave(
                PairedSlave(chargePoint: slave.description, box: "", key: nil, pairedAt: .now()))
        } catch {
            throw UplinkFailure(error.description)
        }
    }

    func authorize(_ idTag: String, of slave: ChargePointID) async -> IdTagInfo {
        guard let runner = context.runner, let first = context.connectors(of: slave).first else {
            return IdTagInfo(status: .accepted)
        }
        return await runner.authorise(idTag, connector: first.place.number)
    }

    func start(
        _ request: StartTransactionRequest, at place: SlaveConnector
    ) async throws(UplinkFailure) -> StartedTransaction {
        let (here, queue) = try find(place)
        var upstream = request
        upstream.connectorId = here.number
        do throws(StorageError) {
            let appended = try await queue.append(.begunStart(TransactionStart(upstream, box: here.device)))
            guard let id = appended.transaction, let stored = try await storage.transaction(id) else {
                throw .unknownTransaction(appended.transaction ?? -1)
            }
            if stored.stoppedAt == nil {
                await context.runner?.take(
                    .slaveTransaction(connector: here.number, OpenTransaction(stored, settings: [:])))
            }
            await settle(queue)
            return StartedTransaction(id: id, idTagInfo: IdTagInfo(status: .accepted))
        } catch {
            throw UplinkFailure(error.description)
        }
    }

    func stop(_ request: StopTransactionRequest, at place: SlaveConnector) async throws(UplinkFailure) -> IdTagInfo? {
        let meant: SlaveConnector
        do throws(StorageError) {
            meant = try await connector(of: request, guess: place)
        } catch {
            throw UplinkFailure(error.description)
        }
        let (here, queue) = try find(meant)
        do throws(StorageError) {
            try await queue.append(.stop(TransactionStop(request, box: here.device, connector: here.number)))
            if try await storage.openTransaction(connector: here.number) == nil {
                await context.runner?.take(.slaveTransaction(connector: here.number, nil))
            }
            await settle(queue)
            return nil
        } catch {
            throw UplinkFailure(error.description)
        }
    }

    func meterValues(_ request: MeterValuesRequest, at place: SlaveConnector) async throws(UplinkFailure) {
        let (here, queue) = try find(place)
        do throws(StorageError) {
            var transaction = request.transactionId
            if let id = transaction, try await storage.transaction(id)?.connector != here.number { transaction = nil }
            if transaction == nil { transaction = try await storage.openTransaction(connector: here.number)?.id }
            guard let transaction, let latest = request.meterValue.map(\.timestamp).max() else { return }
            guard await isDue(latest, here.number) else {
                if let energy = request.energy {
                    try await storage.recordMeter(energy, transaction: transaction, at: WallTime(latest))
                }
                return
            }
            lastValues[here.number] = latest
            var upstream = request
            upstream.connectorId = here.number
            try await queue.append(
                .meterValues(MeterReadings(upstream, transaction: transaction, energy: request.energy)))
            await settle(queue)
        } catch {
            // A box that has restarted counts from 0 for a while; its next values count again.
            if case .meterBackwards = error { return log.write(.warning, "slave \(place): \(error)") }
            throw UplinkFailure(error.description)
        }
    }

    func openTransactions(of slave: ChargePointID) async -> [Int: Int] {
        do throws(StorageError) {
            let open = try await storage.openTransactions()
            return Dictionary(
                context.connectors(of: slave).compactMap { own, place in
                    open.last { $0.connector == place.number }.map { (own, $0.id) }
                }, uniquingKeysWith: { first, _ in first })
        } catch {
            log.write(.error, "slave \(slave): its transactions cannot be read: \(error)")
            return [:]
        }
    }

    func transfer(_ request: DataTransferRequest, from slave: ChargePointID) async -> DataTransferResponse {
        DataTransferResponse(status: .unknownVendorId)
    }

    func sign(_ request: SignCertificateRequest, from slave: ChargePointID) async -> SignCertificateResponse {
        SignCertificateResponse(status: .rejected)
    }

    /// Lets the queue go; on a site without a backend it is answered here, so that nothing waits for ever.
    private func settle(_ queue: TransactionQueue) async {
        if let runner = context.runner { return await runner.sendQueue() }
        do throws(StorageError) {
            while let message = try await queue.next() {
                try await queue.delivered(message.id, backendID: message.transaction ?? 0)
            }
        } catch {
            log.write(.error, "the sessions of slaves cannot be settled: \(error)")
        }
    }

    /// Load management wants values often, the backend as often as its key MeterValueSampleInterval says.
    private func isDue(_ time: Timestamp, _ connector: Int) async -> Bool {
        guard let runner = context.runner else { return false }
        let interval = await runner.station.keys.integer("MeterValueSampleInterval") ?? 60
        guard interval > 0 else { return false }
        guard let last = lastValues[connector] else { return true }
        return time.milliseconds >= last.milliseconds + interval * 1000 || time < last
    }

    private func find(_ place: SlaveConnector) throws(UplinkFailure) -> (Place, TransactionQueue) {
        guard let here = context.places[place] else {
            throw UplinkFailure("connector \(place.connector) of \(place.slave) is no device of the site")
        }
        guard let queue = context.queue else { throw UplinkFailure("the site is not ready") }
        return (here, queue)
    }
}

extension MeterValuesRequest {
    /// The last energy register in it, in Wh.
    var energy: Int? {
        for value in meterValue.sorted(by: { $0.timestamp > $1.timestamp }) {
            let register = value.sampledValue.first {
                ($0.measurand ?? .energyActiveImportRegister) == .energyActiveImportRegister && $0.phase == nil
                    && $0.format != .signedData
            }
            guard let register, let number = Double(register.value), number.isFinite, number.magnitude < 1e15 else {
                continue
            }
            return Int((register.unit == .kilowattHours ? number * 1000 : number).rounded(.down))
        }
        return nil
    }
}
