import Foundation
import OCPP
import Storage
import Testing

@testable import Host

/// A data folder with sessions and a queue in it, as a host leaves it.
struct StoredSite {
    let folder: Folder
    /// The local id of a transaction of `north` that is open, with 700 Wh so far.
    let open: Int
    /// The local id of a transaction of `south` that ended with 2500 Wh, which the backend refused.
    let refused: Int

    static let backend = Backend(url: "wss://csms.example/ocpp", chargePoint: "NORD 1")
    /// 2026-08-01T12:00:00Z.
    static let noon = WallTime(milliseconds: 1_785_585_600_000)

    init(_ backend: Backend = StoredSite.backend) async throws {
        folder = try Folder()
        try FileManager.default.createDirectory(
            atPath: folder.path + "/data", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let storage = try await SiteStorage(path: folder.path + "/data/chargehost.sqlite")
        let queue = try await storage.transactionQueue(for: backend, limits: QueueLimits(ballast: 0))
        let first = StoredSite.start("south", 3, "BEEF0001", 0, 500)
        refused = try #require(try await queue.append(.start(first)).transaction)
        let message = try #require(try await queue.next())
        let rule = AttemptRule(attempts: 1, interval: .zero)
        _ = try await queue.failed(message.id, .callError("FormationViolation"), rule: rule)
        let stop = StopTransactionRequest(
            meterStop: 3000, timestamp: Timestamp(StoredSite.noon.advanced(bySeconds: 3600)), transactionId: refused)
        try await queue.append(.stop(TransactionStop(stop, box: "south", connector: 3)))
        open = try #require(
            try await queue.append(.start(StoredSite.start("north", 2, "CAFE,\"0002\"", 7200, 1000)))
                .transaction)
        let at = StoredSite.noon.advanced(bySeconds: 7800)
        let values = MeterValuesRequest(
            connectorId: 2, transactionId: open,
            meterValue: [MeterValue(timestamp: Timestamp(at), sampledValue: [SampledValue(value: "1700")])])
        try await queue.append(.meterValues(MeterReadings(values, transaction: open, energy: 1700)))
        let free = try await storage.beginSession(
            box: "free", card: nil, meter: 0, at: StoredSite.noon.advanced(bySeconds: 86_400))
        try await storage.endSession(
            free, meter: 12_345, reason: nil, at: StoredSite.noon.advanced(bySeconds: 90_000))
        await storage.close()
    }

    private static func start(
        _ box: String, _ connector: Int, _ tag: String, _ second: Int64, _ meter: Int
    ) -> TransactionStart {
        TransactionStart(
            StartTransactionRequest(
                connectorId: connector, idTag: tag, meterStart: meter,
                timestamp: Timestamp(noon.advanced(bySeconds: second))), box: box)
    }

    /// Runs a command on the folder.
    func run(_ words: String...) async throws -> (status: Int32, output: String, errors: String) {
        try await Programs.run(words + ["--data", folder.path + "/data"])
    }

    /// What the database has now.
    func storage() async throws -> SiteStorage {
        try await SiteStorage(readOnly: folder.path + "/data/chargehost.sqlite")
    }
}

/// The JSON document that a command printed.
func document<Value: Decodable>(_ output: String, _: Value.Type = Value.self) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(output.utf8))
}
