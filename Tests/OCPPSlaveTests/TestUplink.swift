import OCPP
import OCPPSlave

/// A site of its own: what it was told, and what it answers.
actor TestUplink: SlaveUplink {
    var slaves: [String: KnownSlave] = [:]
    var tags: [String: AuthorizationStatus] = [:]
    private(set) var remembered: [String] = []
    private(set) var starts: [(place: SlaveConnector, request: StartTransactionRequest, id: Int)] = []
    private(set) var stops: [(place: SlaveConnector, request: StopTransactionRequest)] = []
    private(set) var meterValues: [(place: SlaveConnector, request: MeterValuesRequest)] = []
    private(set) var events: [(slave: String, event: SlaveEvent)] = []
    private(set) var open: [String: [Int: Int]] = [:]
    /// The connector whose transaction a stop ends, where the site knows better than the hub.
    private var endsAt: Int?
    private var failure: UplinkFailure?
    private var isHeld = false
    private var held: [CheckedContinuation<Void, Never>] = []

    init(_ slaves: [String: KnownSlave] = [:]) { self.slaves = slaves }

    func set(_ id: String, _ slave: KnownSlave?) { slaves[id] = slave }
    func ends(at connector: Int?) { endsAt = connector }
    func set(tag: String, _ status: AuthorizationStatus) { tags[tag] = status }
    func fail(_ reason: String?) { failure = reason.map { UplinkFailure($0) } }

    /// Makes the disk slow: nothing gets through until it is let go.
    func hold() { isHeld = true }
    func letGo() {
        isHeld = false
        for one in held { one.resume() }
        held = []
    }

    private func disk() async throws(UplinkFailure) {
        if isHeld { await withCheckedContinuation { held.append($0) } }
        if let failure { throw failure }
    }

    func known(_ slave: ChargePointID) -> KnownSlave? { slaves[slave.description] }

    func remember(_ slave: ChargePointID) throws(UplinkFailure) {
        if let failure { throw failure }
        remembered.append(slave.description)
        slaves[slave.description] = KnownSlave(isConfigured: false)
    }

    func authorize(_ idTag: String, of slave: ChargePointID) -> IdTagInfo {
        IdTagInfo(status: tags[idTag] ?? .invalid)
    }

    func start(
        _ request: StartTransactionRequest, at place: SlaveConnector
    ) async throws(UplinkFailure) -> StartedTransaction {
        try await disk()
        let info = IdTagInfo(status: tags[request.idTag] ?? .invalid)
        if let known = starts.first(where: { $0.place == place && $0.request == request }) {
            return StartedTransaction(id: known.id, idTagInfo: info)
        }
        let id = 70 + starts.count
        starts.append((place, request, id))
        open[place.slave.description, default: [:]][place.connector] = id
        return StartedTransaction(id: id, idTagInfo: info)
    }

    func stop(_ request: StopTransactionRequest, at place: SlaveConnector) async throws(UplinkFailure) -> IdTagInfo? {
        try await disk()
        stops.append((place, request))
        open[place.slave.description]?[endsAt ?? place.connector] = nil
        return request.idTag.map { IdTagInfo(status: tags[$0] ?? .invalid) }
    }

    func meterValues(_ request: MeterValuesRequest, at place: SlaveConnector) async throws(UplinkFailure) {
        try await disk()
        meterValues.append((place, request))
    }

    func openTransactions(of slave: ChargePointID) -> [Int: Int] { open[slave.description] ?? [:] }

    func transfer(_ request: DataTransferRequest, from slave: ChargePointID) -> DataTransferResponse {
        DataTransferResponse(status: request.vendorId == "us" ? .accepted : .unknownVendorId, data: request.data)
    }

    func sign(_ request: SignCertificateRequest, from slave: ChargePointID) -> SignCertificateResponse {
        SignCertificateResponse(status: .accepted)
    }

    func happened(_ event: SlaveEvent, at slave: ChargePointID) { events.append((slave.description, event)) }

    func events(of slave: String) -> [SlaveEvent] { events.filter { $0.slave == slave }.map(\.event) }
    var isReady: [String] { events.compactMap { if case .ready = $0.event { $0.slave } else { nil } } }
}
