import DriverAPI
import Foundation
import Network
import OCPP
import OCPPSlave

/// The central system for slaves against one of the Python package ocpp; both serve the same clients over loopback.
struct SlaveBenchmark: Benchmark {
    static let name = "slaves"

    func run() async throws -> Outcome {
        var outcome = Outcome()
        guard let python = PythonPeer.python else {
            outcome.notes.append("slaves: CHARGEHOST_VENV names no Python, so that nobody connects")
            return outcome
        }
        let loop = NetworkLoop(limits: NetworkLimits(connections: 4000))
        try loop.start()
        let hub = SlaveHub(
            settings: CentralSettings(pollInterval: .seconds(3600), bootPatience: .seconds(3600)),
            uplink: OpenSite(), clock: SystemClock(),
            wallTime: { Timestamp(milliseconds: Int(Date().timeIntervalSince1970 * 1000)) })
        try await hub.listen(
            SlaveListeners(json: .loopback(), maximumConnections: 4000, maximumPerPeer: 4000), on: loop)
        let port = Int(hub.addresses.first?.port ?? 0)
        let other = try PythonCentralSystem(python)
        for (name, connections, calls) in [("one slave", 1, 4000), ("100 slaves", 100, 200)] {
            let load = SlaveLoad(connections: connections, calls: calls)
            let (ours, baseline) = try await Stopwatch.shortest(
                of: 3, ours: { 1 / (try await load.run(port).rate) },
                baseline: { 1 / (try await load.run(other.port).rate) })
            outcome.measurements.append(
                Measurement(
                    name: "StatusNotification answered, \(name)",
                    ours: Figure(value: 1 / ours, unit: "calls/s"),
                    baseline: Figure(value: 1 / baseline, unit: "calls/s"), bar: .ratioAtLeast(3)))
        }
        let thousand = SlaveLoad(connections: 1000, calls: 0)
        let ours = try await thousand.run(port) { Self.resident("self") }
        let theirs = try await thousand.run(other.port) { Self.resident(String(other.pid)) }
        outcome.measurements.append(
            Measurement(
                name: "memory of a connected slave, of 1,000",
                ours: Figure(value: ours.growth / 1000, unit: "kB"),
                baseline: Figure(value: theirs.growth / 1000, unit: "kB"), bar: .ratioAtMost(2)))
        other.stop()
        await hub.stop()
        await loop.stop()
        return outcome
    }

    /// The resident memory of a process, in kB.
    private static func resident(_ process: String) -> Double {
        let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Double($0.filter(\.isNumber)) } ?? 0
    }
}

/// A site that knows everybody and keeps nothing: what is measured is the central system alone.
private struct OpenSite: SlaveUplink {
    func known(_ slave: ChargePointID) async -> KnownSlave? { KnownSlave() }
    func remember(_ slave: ChargePointID) async throws(UplinkFailure) {}
    func authorize(_ idTag: String, of slave: ChargePointID) async -> IdTagInfo { IdTagInfo(status: .accepted) }
    func start(
        _ request: StartTransactionRequest, at place: SlaveConnector
    ) async throws(UplinkFailure) -> StartedTransaction {
        StartedTransaction(id: 1, idTagInfo: IdTagInfo(status: .accepted))
    }
    func stop(_ request: StopTransactionRequest, at place: SlaveConnector) async throws(UplinkFailure) -> IdTagInfo? {
        nil
    }
    func meterValues(_ request: MeterValuesRequest, at place: SlaveConnector) async throws(UplinkFailure) {}
    func openTransactions(of slave: ChargePointID) async -> [Int: Int] { [:] }
    func transfer(_ request: DataTransferRequest, from slave: ChargePointID) async -> DataTransferResponse {
        DataTransferResponse(status: .unknownVendorId)
    }
    func sign(_ request: SignCertificateRequest, from slave: ChargePointID) async -> SignCertificateResponse {
        SignCertificateResponse(status: .rejected)
    }
    func happened(_ event: SlaveEvent, at slave: ChargePointID) async {}
}
