import Foundation
import OCPP
import Storage
import Testing

@testable import Host

/// The times in queued messages once somebody knows what time it is.
@Suite struct QueuedTimeTests {
    private func moved(_ payload: String, by milliseconds: Int) async throws -> String? {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("t-" + UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let storage = try await SiteStorage(path: folder + "/site.sqlite")
        let queue = try await storage.transactionQueue(
            for: Backend(url: "u", chargePoint: "c"), limits: QueueLimits(ballast: 0))
        let start = TransactionStart(box: "b", connector: 1, idTag: "CARD", at: .now(), meterStart: 0) { _ in
            Array(payload.utf8)
        }
        try await queue.append(.start(start), isUncertain: true)
        let message = try #require(try await queue.uncertain().first)
        let bytes = message.payload(movedBy: milliseconds)
        await storage.close()
        return bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func everyTimestampIsMovedAndNothingElse() async throws {
        let before = """
            {"meterStop":5,"timestamp":"1970-01-01T00:00:59.500Z","transactionId":7,"idTag":"1970-01-01T00:00:00Z",\
            "transactionData":[{"timestamp":"1970-01-01T00:00:10Z","sampledValue":[{"value":"1.50"}]}]}
            """
        // 2026-11-21T08:30:00Z is 1 795 249 800 s after 1970.
        let after = try #require(try await moved(before, by: 1_795_249_800_000))
        #expect(after.contains(#""timestamp":"2026-11-21T08:30:59.500Z""#))
        #expect(after.contains(#""timestamp":"2026-11-21T08:30:10Z""#) || after.contains("08:30:10.000Z"))
        #expect(after.contains(#""idTag":"1970-01-01T00:00:00Z""#))
        #expect(after.contains(#""value":"1.50""#) && after.contains(#""meterStop":5"#))
        #expect(try await moved("no message", by: 1) == nil)
    }
}
