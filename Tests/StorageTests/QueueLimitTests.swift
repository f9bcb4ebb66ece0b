import Storage
import Testing

struct QueueLimitTests {
    @Test func theOldestMeterValuesAreThinnedAndNothingElse() async throws {
        let site = try await QueueFixture(limits: QueueLimits(messages: 100, ballast: 0))
        let local = try await site.begin(1)
        for number in 1...98 { try await site.queue.append(.meterValues(site.readings(local, 1000 + number))) }
        try await site.queue.append(.stop(site.stop(1, local)))
        #expect(try await site.waiting().count == 100)
        #expect(try await site.storage.events(last: 5).isEmpty)
        // The 101st message: of the oldest ten meter values five go, 1002, 1004, … 1010.
        _ = try await site.begin(2)
        let waiting = try await site.waiting()
        #expect(waiting.count == 96)
        #expect(waiting.first == "start 1 2026-08-01T12:00:00Z CARD 1000")
        #expect(
            Array(waiting[1...8]) == [
                "meter 1001", "meter 1003", "meter 1005", "meter 1007", "meter 1009", "meter 1011", "meter 1012",
                "meter 1013",
            ])
        #expect(
            waiting.suffix(2) == ["stop \(local) 2026-08-01T13:00:00Z 5000", "start 2 2026-08-01T12:00:00Z CARD 1000"])
        let event = try await site.storage.events(last: 1).first
        #expect(event?.code == "ocpp-queue-thinned" && event?.level == .warning)
        #expect(event?.text.contains("5 of the oldest") == true)
    }

    @Test func allBecomesCoarserBeforeAnyBecomesCoarseTwice() async throws {
        let site = try await QueueFixture(limits: QueueLimits(messages: 20, ballast: 0))
        let local = try await site.begin(1)
        for number in 1...28 { try await site.queue.append(.meterValues(site.readings(local, 1000 + number))) }
        // Nine times the limit was passed, each time the next two untouched ones lost the second of them.
        let expected = (1...28).filter { $0 > 18 || $0 % 2 == 1 }.map { "meter \(1000 + $0)" }
        #expect(Array(try await site.waiting().dropFirst()) == expected)
    }

    @Test func atTwiceTheLimitNewSessionsAreRefusedAndStopsAreTaken() async throws {
        let site = try await QueueFixture(limits: QueueLimits(messages: 10, ballast: 0))
        var ids: [Int] = []
        for connector in 1...20 { ids.append(try await site.begin(connector)) }
        #expect(try await site.queue.sessionRefusal() == .queueFull(QueueFixture.backend, messages: 20))
        let error = await #expect(throws: StorageError.self) { try await site.begin(21) }
        #expect(error?.description.contains("20 messages wait for wss://csms.example/ocpp as SITE 1") == true)
        #expect(try await site.queue.append(.start(site.start(3))).place == .repeated)
        for connector in 1...20 {
            #expect(try await site.queue.append(.stop(site.stop(connector, ids[connector - 1]))).place == .queued)
        }
        #expect(try await site.queue.append(.begunStart(site.start(21))).place == .queued)
        #expect(try await site.waiting().count == 41)
        _ = try await site.drain()
        #expect(try await site.queue.sessionRefusal() == nil)
        _ = try await site.begin(22)
    }
}
