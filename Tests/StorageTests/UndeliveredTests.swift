import Storage
import Testing

struct UndeliveredTests {
    private let rule = AttemptRule(attempts: 2, interval: .seconds(60))

    private func refuse(_ site: QueueFixture) async throws {
        let message = try #require(try await site.queue.next())
        #expect(
            try await site.queue.failed(message.id, .callError("InternalError"), rule: rule, at: noon)
                == .again(AttemptCounts(attempts: 1), after: .seconds(60)))
        let again = try await site.queue.next()
        #expect(again?.payload == message.payload && again?.counts == AttemptCounts(attempts: 1))
        #expect(
            try await site.queue.failed(message.id, .callError("InternalError"), rule: rule, at: noon)
                == .usedUp(AttemptCounts(attempts: 2)))
    }

    @Test func aRefusedStartTakesItsWholeTransactionAside() async throws {
        let site = try await QueueFixture()
        let first = try await site.begin(1)
        let second = try await site.begin(2)
        try await site.queue.append(.meterValues(site.readings(first, 1500)))
        try await refuse(site)
        #expect(try await site.queue.append(.stop(site.stop(1, first)), at: noon).place == .undelivered)
        #expect(try await site.queue.next()?.transaction == second, "the queue goes on")
        let kept = try await site.storage.undelivered()
        #expect(kept.map(\.kind) == [.start, .meterValues, .stop])
        #expect(kept.allSatisfy { $0.transaction == first && $0.reason.contains("InternalError") && $0.since == noon })
        #expect(try await site.storage.queues().map(\.undelivered) == [3])

        let again = try await site.reopened()
        #expect(try await again.storage.resend(transaction: first) == 3)
        #expect(
            try await again.drain() == [
                "start 2 2026-08-01T12:00:00Z CARD 1000", "start 1 2026-08-01T12:00:00Z CARD 1000", "meter 1500",
                "stop \(first) 2026-08-01T13:00:00Z 5000",
            ])
        #expect(try await again.storage.undelivered().isEmpty)
    }

    @Test func whatIsResentIsThereAfterwardsAndItsRestFollows() async throws {
        let site = try await QueueFixture()
        let local = try await site.begin(1)
        try await refuse(site)
        #expect(try await site.storage.resend(transaction: local) == 1)
        #expect(try await site.queue.next()?.counts == AttemptCounts())
        #expect(try await site.queue.append(.stop(site.stop(1, local))).place == .queued)
        await #expect(throws: StorageError.unknownTransaction(77)) { try await site.storage.resend(transaction: 77) }
    }

    @Test func refusedMeterValuesDoNotKeepTheStopFromTheBackend() async throws {
        let site = try await QueueFixture()
        let local = try await site.begin(1)
        let start = try #require(try await site.queue.next())
        try await site.queue.delivered(start.id, backendID: 5)
        try await site.queue.append(.meterValues(site.readings(local, 1500)))
        try await site.queue.append(.stop(site.stop(1, local)))
        try await refuse(site)
        #expect(try await site.queue.next()?.kind == .stop)
        #expect(try await site.storage.undelivered().map(\.kind) == [.meterValues])
        #expect(try await site.storage.transaction(local)?.undeliveredReason == nil)
    }

    @Test func aLostConnectionUsesNothingUp() async throws {
        let site = try await QueueFixture()
        _ = try await site.begin(1)
        let message = try #require(try await site.queue.next())
        for _ in 0..<50 {
            let verdict = try await site.queue.failed(message.id, .connectionLost, rule: rule)
            #expect(verdict == .again(AttemptCounts(), after: .zero))
        }
        #expect(try await site.queue.next() == message)
    }

    @Test func closesAreCountedOverARestart() async throws {
        var site = try await QueueFixture()
        _ = try await site.begin(1)
        for _ in 0..<6 {
            let message = try #require(try await site.queue.next())
            _ = try await site.queue.failed(message.id, .closedAfterIt, rule: rule)
            site = try await site.reopened()
        }
        #expect(try await site.queue.next() == nil)
        #expect(try await site.storage.undelivered().first?.reason.contains("closed") == true)
    }

    @Test func aFailureOfSomethingGoneChangesNothing() async throws {
        let site = try await QueueFixture()
        _ = try await site.begin(1)
        let message = try #require(try await site.queue.next())
        try await site.queue.delivered(message.id, backendID: 5)
        _ = try await site.queue.failed(message.id, .callError("x"), rule: AttemptRule(attempts: 1, interval: .zero))
        #expect(try await site.storage.undelivered().isEmpty)
    }
}
