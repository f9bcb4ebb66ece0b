import Storage
import Testing

struct TransactionQueueTests {
    @Test func messagesLeaveInTheOrderTheyCame() async throws {
        let site = try await QueueFixture()
        let first = try await site.begin(1)
        let second = try await site.begin(2, meter: 20)
        try await site.queue.append(.meterValues(site.readings(first, 1500)))
        try await site.queue.append(.meterValues(site.readings(second, 30)))
        try await site.queue.append(.stop(site.stop(1, first)))
        let again = try await site.reopened()
        #expect(
            try await again.drain() == [
                "start 1 2026-08-01T12:00:00Z CARD 1000", "start 2 2026-08-01T12:00:00Z CARD 20", "meter 1500",
                "meter 30", "stop \(first) 2026-08-01T13:00:00Z 5000",
            ])
        #expect(try await again.queue.next() == nil)
    }

    @Test func theSameMessageIsGivenUntilItIsDelivered() async throws {
        let site = try await QueueFixture()
        _ = try await site.begin(1)
        _ = try await site.begin(2)
        let message = try #require(try await site.queue.next())
        #expect(try await site.queue.next() == message)
        #expect(try await site.reopened().queue.next() == message)
    }

    @Test func theBackendsIdIsKnownToAllThatFollows() async throws {
        let site = try await QueueFixture()
        let local = try await site.begin(1)
        try await site.queue.append(.stop(site.stop(1, local)))
        let start = try #require(try await site.queue.next())
        #expect(start.backendID == nil && start.kind == .start && start.transaction == local)
        #expect(try await site.queue.delivered(start.id, backendID: 4711))
        let again = try await site.reopened()
        let stop = try #require(try await again.queue.next())
        #expect(stop.kind == .stop && stop.transaction == local && stop.backendID == 4711)
        #expect(try await again.storage.transaction(backendID: 4711, at: QueueFixture.backend)?.id == local)
        let other = Backend(url: QueueFixture.backend.url, chargePoint: "OTHER")
        #expect(try await again.storage.transaction(backendID: 4711, at: other) == nil)
    }

    @Test func aStartIsNotGoneWithoutTheBackendsId() async throws {
        let site = try await QueueFixture()
        _ = try await site.begin(1)
        let start = try #require(try await site.queue.next())
        await #expect(throws: StorageError.self) { try await site.queue.delivered(start.id) }
        #expect(try await site.queue.next() == start)
    }

    @Test func aLateAnswerRemovesNothingElse() async throws {
        let site = try await QueueFixture()
        let local = try await site.begin(1)
        let start = try #require(try await site.queue.next())
        #expect(try await site.queue.delivered(start.id, backendID: 1))
        _ = try await site.begin(2)
        #expect(try await !site.queue.delivered(start.id, backendID: 2))
        #expect(try await site.storage.transaction(local)?.backendID == 1)
        #expect(try await site.waiting().count == 1)
    }

    @Test func aRepeatedStartGetsTheSameIdAndIsStoredOnce() async throws {
        let site = try await QueueFixture()
        let local = try await site.begin(1)
        let again = try await site.reopened()
        let repeated = try await again.queue.append(.begunStart(again.start(1)))
        #expect(repeated == Appended(transaction: local, place: .repeated))
        _ = try await again.drain()
        #expect(try await again.queue.append(.start(again.start(1))).transaction == local)
        #expect(try await again.queue.next() == nil)
        for other in [
            again.start(2), again.start(1, second: 60), again.start(1, tag: "X"), again.start(1, meter: 1),
        ] {
            #expect(try await again.queue.append(.start(other)).place == .queued)
        }
    }

    @Test func startsOnOneConnectorLieASecondApart() async throws {
        let site = try await QueueFixture()
        for tag in ["A", "B", "C"] { try await site.queue.append(.start(site.start(1, tag: tag))) }
        try await site.queue.append(.start(site.start(2, tag: "D")))
        #expect(
            try await site.waiting() == [
                "start 1 2026-08-01T12:00:00Z A 1000", "start 1 2026-08-01T12:00:01Z B 1000",
                "start 1 2026-08-01T12:00:02Z C 1000", "start 2 2026-08-01T12:00:00Z D 1000",
            ])
        let moved = try await site.queue.append(.begunStart(site.start(1, tag: "C")))
        #expect(moved.place == .repeated, "a repeat is known by the time that was reported")
    }

    @Test func localIdsAreNeverUsedTwice() async throws {
        let site = try await QueueFixture()
        let first = try await site.begin(1)
        // 212 days and 12 hours after 2026-01-01T00:00:00Z.
        #expect(first == 212 * 86_400 + 43_200)
        try await site.queue.append(.stop(site.stop(1, first)))
        _ = try await site.drain()
        #expect(try await site.storage.forgetTransactions(endedBefore: noon.advanced(bySeconds: 9000)) == 1)
        let again = try await site.reopened()
        let past = WallTime(milliseconds: 0)
        let next = try await again.queue.append(.start(again.start(1, second: 7200)), at: past)
        #expect(next.transaction == first + 1)
    }

    @Test func aStopWithoutAnIdBelongsToTheOpenTransactionOfItsConnector() async throws {
        let site = try await QueueFixture()
        let first = try await site.begin(1)
        let second = try await site.begin(2)
        #expect(try await site.queue.append(.stop(site.stop(1, -1))).transaction == first)
        #expect(try await site.queue.append(.stop(site.stop(2, 999))).transaction == second)
        let repeated = try await site.queue.append(.stop(site.stop(1, -1)))
        #expect(repeated == Appended(transaction: first, place: .repeated))
        #expect(try await site.waiting().count == 4)
    }

    @Test func aStopOfNothingIsKeptWithTheUndeliveredOnce() async throws {
        let site = try await QueueFixture()
        let appended = try await site.queue.append(.stop(site.stop(3)))
        #expect(appended == Appended(transaction: nil, place: .undelivered))
        #expect(try await site.queue.append(.stop(site.stop(3))).place == .repeated)
        let kept = try await site.storage.undelivered()
        #expect(kept.map { String(decoding: $0.payload, as: UTF8.self) } == ["stop -1 2026-08-01T13:00:00Z 5000"])
        #expect(kept.first?.reason.contains("connector 3") == true)
        #expect(try await site.queue.next() == nil)
    }

    @Test func aSecondAndOtherStopIsKeptAsideAndNotSent() async throws {
        let site = try await QueueFixture()
        let local = try await site.begin(1)
        try await site.queue.append(.stop(site.stop(1, local, meter: nil)))
        let other = try await site.queue.append(.stop(site.stop(1, local, second: 9000, meter: 9000)))
        #expect(other.place == .undelivered)
        #expect(try await site.drain().count == 2)
        #expect(try await site.storage.transaction(local)?.meterStop == 1000)
    }

    @Test func meterReadingsNeverGoBackwards() async throws {
        let site = try await QueueFixture()
        let local = try await site.begin(1)
        try await site.queue.append(.meterValues(site.readings(local, 2000)))
        await #expect(throws: StorageError.meterBackwards(transaction: local, last: 2000, offered: 0)) {
            try await site.queue.append(.meterValues(site.readings(local, 0)))
        }
        try await site.storage.recordMeter(2500, transaction: local, at: noon.advanced(bySeconds: 120))
        await #expect(throws: StorageError.meterBackwards(transaction: local, last: 2500, offered: 2400)) {
            try await site.storage.recordMeter(2400, transaction: local, at: noon.advanced(bySeconds: 121))
        }
        try await site.queue.append(.meterValues(site.readings(local, nil)))
        try await site.queue.append(.stop(site.stop(1, local, meter: 0)))
        #expect(
            try await site.waiting() == [
                "start 1 2026-08-01T12:00:00Z CARD 1000", "meter 2000", "meter -1",
                "stop \(local) 2026-08-01T13:00:00Z 2500",
            ])
    }

    @Test func aReadingFromBeforeTheLastOneMayBeLower() async throws {
        let site = try await QueueFixture()
        let local = try await site.begin(1)
        try await site.queue.append(.meterValues(site.readings(local, 2000, second: 90)))
        try await site.queue.append(.meterValues(site.readings(local, 1900, second: 60)))
        #expect(try await site.waiting().suffix(2) == ["meter 2000", "meter 1900"])
        #expect(try await site.storage.transaction(local)?.meterLast == 2000)
        await #expect(throws: StorageError.meterBackwards(transaction: local, last: 2000, offered: 1900)) {
            try await site.queue.append(.meterValues(site.readings(local, 1900, second: 90)))
        }
    }

    @Test func openTransactionsAreKnownAfterARestart() async throws {
        let site = try await QueueFixture()
        let first = try await site.begin(1)
        let second = try await site.begin(2)
        try await site.queue.append(.meterValues(site.readings(first, 1800)))
        try await site.queue.append(.stop(site.stop(2, second)))
        let again = try await site.reopened()
        let open = try await again.storage.openTransactions()
        #expect(open.map(\.id) == [first])
        #expect(open.first?.meterLast == 1800 && open.first?.meterAt == noon.advanced(bySeconds: 60))
        #expect(open.first?.box == "box1" && open.first?.backend == QueueFixture.backend)
        #expect(try await again.storage.openTransaction(connector: 1)?.id == first)
        #expect(try await again.storage.openTransaction(connector: 2) == nil)
    }

    @Test func anotherBackendHasAQueueOfItsOwn() async throws {
        let site = try await QueueFixture()
        let local = try await site.begin(1)
        let other = Backend(url: "wss://other.example", chargePoint: "SITE 1")
        let moved = try await site.reopened(backend: other)
        #expect(try await moved.queue.next() == nil)
        #expect(try await moved.queue.append(.begunStart(moved.start(1))).transaction == local)
        // The stop goes where its start is.
        try await moved.queue.append(.stop(moved.stop(1, local)))
        _ = try await moved.begin(2)
        #expect(try await moved.waiting(other) == ["start 2 2026-08-01T12:00:00Z CARD 1000"])
        #expect(try await moved.storage.queues().map(\.waiting) == [2, 1])
        let back = try await moved.reopened()
        #expect(try await back.drain().count == 2)
    }

    @Test func aBatchIsStoredWholeOrNotAtAll() async throws {
        let site = try await QueueFixture()
        let local = try await site.begin(1)
        await #expect(throws: StorageError.self) {
            try await site.queue.append([
                .meterValues(site.readings(local, 1100)), .meterValues(site.readings(local, 1)),
            ])
        }
        #expect(try await site.waiting().count == 1)
        #expect(try await site.storage.transaction(local)?.meterLast == 1000)
        let appended = try await site.queue.append([
            .meterValues(site.readings(local, 1100)), .stop(site.stop(1, local)), .start(site.start(1, second: 4000)),
        ])
        #expect(appended.map(\.place) == [.queued, .queued, .queued])
    }

    @Test func transactionsAreSessionsInTheBooks() async throws {
        let site = try await QueueFixture()
        let local = try await site.begin(1)
        try await site.queue.append(.stop(site.stop(1, local, reason: "EVDisconnected")))
        let own = try await site.storage.beginSession(box: "garage", card: nil, meter: 10, at: noon)
        #expect(try await site.storage.openSessions().map(\.id) == [own])
        try await site.storage.endSession(own, meter: 4, reason: nil, at: noon.advanced(bySeconds: 5))
        let sessions = try await site.storage.sessions(from: noon, to: noon.advanced(bySeconds: 1))
        #expect(sessions.map(\.energy) == [4000, 0])
        #expect(sessions.map(\.card) == ["CARD", nil])
        #expect(sessions.map(\.reason) == ["EVDisconnected", nil])
        #expect(sessions.first?.transaction == local && sessions.first?.connector == 1)
        #expect(try await site.storage.sessions(from: noon.advanced(bySeconds: 1), to: noon).isEmpty)
    }
}
