import Foundation
import OCPP
import OCPPSlave
import Storage
import Testing

@testable import Host

/// A queue that has grown for weeks.
@Suite struct LongQueueTests {
    @Test(.timeLimit(.minutes(10))) func weeksOfMessagesDrainInOrderAndStarveNobody() async throws {
        let id = "GARAGE#002"
        let master = try await BinaryMaster([id: KnownSlave()])
        let bench = try await LinkBench(port: 0, id: id, target: try master.target(id))
        try await bench.wait("the connection") { bench.connections == 1 }
        // 20 transactions with 98 values each: 2000 messages.
        let start = Timestamp(seconds: 1_780_000_000)
        for number in 0..<20 {
            let begin = start.advanced(bySeconds: 6000 * number)
            let request = StartTransactionRequest(
                connectorId: 1, idTag: "CARD\(number)", meterStart: 1000 * number, timestamp: begin)
            let local = try #require(
                try await bench.queue.append(.start(TransactionStart(request, box: "box"))).transaction)
            var messages: [TransactionMessage] = (1...98).map { minute in
                let values = MeterValuesRequest(
                    connectorId: 1, transactionId: local,
                    meterValue: [
                        MeterValue(
                            timestamp: begin.advanced(bySeconds: 60 * minute),
                            sampledValue: [SampledValue(value: "\(1000 * number + minute)")])
                    ])
                return .meterValues(MeterReadings(values, transaction: local, energy: 1000 * number + minute))
            }
            let stop = StopTransactionRequest(
                meterStop: 1000 * number + 99, timestamp: begin.advanced(bySeconds: 5990), transactionId: local)
            messages.append(.stop(TransactionStop(stop, box: "box", connector: 1)))
            _ = try await bench.queue.append(messages)
        }
        #expect(try await bench.waiting == 2000)
        let clock = ContinuousClock()
        let begun = clock.now
        await bench.link.setGate(.open)
        // Statuses are answered while the queue drains.
        var answeredBefore: [Int] = []
        for call in 1...5 {
            let status = StatusNotificationRequest(connectorId: 1, errorCode: .noError, status: .available)
            await bench.link.call(call, status, lane: .ordinary)
            try await bench.wait("the answer of a status") { bench.outcome(call) != nil }
            answeredBefore.append(bench.delivered.count)
        }
        #expect(answeredBefore.allSatisfy { $0 < 2000 })
        try await bench.wait("delivery", for: 500) { bench.delivered.count == 2000 }
        let rate = 2000 / ((clock.now - begun) / .seconds(1))
        print("2000 queued messages drained at \(Int(rate)) a second")
        #expect(await master.desk.starts.map(\.idTag) == (0..<20).map { "CARD\($0)" })
        let stops = await master.desk.stops
        #expect(stops.map(\.transactionId) == Array(501...520))
        #expect(stops.map(\.meterStop) == (0..<20).map { 1000 * $0 + 99 })
        let times = await master.desk.meterValues.compactMap(\.meterValue.first?.timestamp)
        #expect(times.count == 1960 && times == times.sorted())
        await bench.stop()
        await master.stop()
    }
}
