import DriverAPI
import Network
import OCPP
import OCPPSlave

@testable import Host

/// What a master answers its slaves for itself: everybody may charge, and every transaction has the next number.
actor MasterDesk: SlaveUplink {
    private let slaves: [String: KnownSlave]
    private(set) var starts: [StartTransactionRequest] = []
    private(set) var stops: [StopTransactionRequest] = []
    private(set) var meterValues: [MeterValuesRequest] = []
    private(set) var events: [SlaveEvent] = []

    init(_ slaves: [String: KnownSlave]) { self.slaves = slaves }

    func known(_ slave: ChargePointID) -> KnownSlave? { slaves[slave.description] }
    func remember(_ slave: ChargePointID) {}
    func authorize(_ idTag: String, of slave: ChargePointID) -> IdTagInfo { IdTagInfo(status: .accepted) }

    func start(_ request: StartTransactionRequest, at place: SlaveConnector) -> StartedTransaction {
        starts.append(request)
        return StartedTransaction(id: 500 + starts.count, idTagInfo: IdTagInfo(status: .accepted))
    }

    func stop(_ request: StopTransactionRequest, at place: SlaveConnector) -> IdTagInfo? {
        stops.append(request)
        return nil
    }

    func meterValues(_ request: MeterValuesRequest, at place: SlaveConnector) { meterValues.append(request) }
    func openTransactions(of slave: ChargePointID) -> [Int: Int] { [:] }

    func transfer(_ request: DataTransferRequest, from slave: ChargePointID) -> DataTransferResponse {
        DataTransferResponse(status: .unknownVendorId)
    }

    func sign(_ request: SignCertificateRequest, from slave: ChargePointID) -> SignCertificateResponse {
        SignCertificateResponse(status: .rejected)
    }

    func happened(_ event: SlaveEvent, at slave: ChargePointID) { events.append(event) }

    var boots: Int { events.count { if case .booted = $0 { true } else { false } } }
    var refusals: [String] { events.compactMap { if case .refused(let why, _) = $0 { why } else { nil } } }
}

/// A master's listener for the binary framing, in this process.
struct BinaryMaster {
    let desk: MasterDesk
    let hub: SlaveHub
    let loop = NetworkLoop()

    init(_ slaves: [String: KnownSlave], tls: TLSServer? = nil, securityProfile: Int = 0) async throws {
        desk = MasterDesk(slaves)
        hub = SlaveHub(
            settings: CentralSettings(bootPatience: .seconds(60), securityProfile: securityProfile), uplink: desk,
            clock: SystemClock(), wallTime: { Timestamp(seconds: 1_780_000_000) })
        try loop.start()
        try await hub.listen(SlaveListeners(binary: .loopback(), tls: tls), on: loop)
    }

    func target(_ id: String, secure: Bool = false) throws -> BackendTarget {
        try BackendTarget("\(secure ? "tls" : "tcp")://127.0.0.1:\(hub.addresses[0].port)", id: id)
    }

    func stop() async {
        await hub.stop()
        await loop.stop()
    }
}
