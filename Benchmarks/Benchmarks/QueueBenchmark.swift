import Foundation
import Storage

/// Messages put into the transaction queue of a backend and taken out again, each durable when its call returns.
struct QueueBenchmark: Benchmark {
    static let name = "queue"

    private let batch = 100

    func run() async throws -> Outcome {
        let folder = NSTemporaryDirectory() + "chargehost-queue-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let storage = try await SiteStorage(path: folder + "/site.sqlite")
        let queue = try await storage.transactionQueue(for: Backend(url: "wss://csms.example", chargePoint: "SITE"))
        let start = TransactionStart(box: "box", connector: 1, idTag: "CARD", at: .now(), meterStart: 0) { _ in payload
        }
        guard let transaction = try await queue.append(.start(start)).transaction else {
            throw BenchmarkFailure("the queue gave no transaction")
        }
        let single = 2000
        let one = try await Stopwatch.seconds {
            for _ in 0..<single { try await queue.append(message(transaction)) }
        }
        let batches = 200
        let many = try await Stopwatch.seconds {
            for _ in 0..<batches {
                _ = try await queue.append((0..<batch).map { _ in message(transaction) })
            }
        }
        let drained = 5000
        let out = try await Stopwatch.seconds {
            for _ in 0..<drained {
                guard let next = try await queue.next() else { throw BenchmarkFailure("the queue is empty") }
                try await queue.delivered(next.id, backendID: 1)
            }
        }
        await storage.close()
        return Outcome(measurements: [
            line("messages into the queue, one a commit", single, one),
            line("messages into the queue, \(batch) a commit", batches * batch, many),
            line("messages out of the queue, one a commit, \(single + batches * batch) waiting", drained, out),
        ])
    }

    private func line(_ name: String, _ count: Int, _ seconds: Double) -> Measurement {
        Measurement(name: name, ours: Figure(value: Double(count) / seconds, unit: "messages/s"))
    }

    private func message(_ transaction: Int) -> TransactionMessage {
        .meterValues(MeterReadings(transaction: transaction, meter: nil, at: .now(), payload: payload))
    }

    /// As long as a MeterValues.req with five values.
    private var payload: [UInt8] { [UInt8](repeating: UInt8(ascii: "x"), count: 500) }
}
