import Testing

@testable import Storage

/// Messages of a time when nobody knew what time it was.
struct UncertainTimeTests {
    @Test func whatWasMadeBeforeTheTimeWasKnownIsMovedWithItsTransactionAndSession() async throws {
        let world = try await QueueFixture()
        let queue = world.queue
        let certain = try await world.begin(1, second: -60)
        let transaction = try #require(
            try await queue.append(.start(world.start(2)), isUncertain: true, at: noon).transaction)
        try await queue.append(.meterValues(world.readings(transaction, 1500)), isUncertain: true, at: noon)
        try await queue.append(.stop(world.stop(2, transaction)), isUncertain: true, at: noon)
        let open = try #require(
            try await queue.append(.start(world.start(3)), isUncertain: true, at: noon).transaction)
        let marked = try await queue.uncertain()
        #expect(marked.map(\.kind) == [.start, .meterValues, .stop, .start])
        #expect(marked.map(\.transaction) == [transaction, transaction, transaction, open])

        let hour: Int64 = 3_600_000
        let texts = Dictionary(uniqueKeysWithValues: marked.map { ($0.id, Array("moved \($0.id)".utf8)) })
        try await queue.correct(by: hour, texts)
        #expect(try await queue.uncertain().isEmpty)
        let moved = try #require(try await world.storage.transaction(transaction))
        #expect(moved.startedAt == noon.advanced(bySeconds: 3600))
        #expect(moved.stoppedAt == noon.advanced(bySeconds: 7200))
        #expect(moved.meterStart == 1000)
        #expect(try await world.storage.transaction(open)?.startedAt == noon.advanced(bySeconds: 3600))
        #expect(try await world.storage.transaction(certain)?.startedAt == noon.advanced(bySeconds: -60))
        let waiting = try await world.waiting()
        #expect(waiting.count == 5 && waiting[0].hasPrefix("start 1 "))
        #expect(waiting.dropFirst() == marked.map { "moved \($0.id)" }[...])

        // What has its time keeps it, whatever is corrected later.
        try await queue.correct(by: hour, texts.mapValues { _ in Array("again".utf8) })
        #expect(try await world.waiting() == waiting)
        #expect(try await world.storage.transaction(transaction)?.startedAt == noon.advanced(bySeconds: 3600))
        await world.storage.close()
    }

    @Test func marksOutliveTheProcess() async throws {
        let world = try await QueueFixture()
        try await world.queue.append(.start(world.start(2)), isUncertain: true, at: noon)
        let later = try await world.reopened()
        #expect(try await later.queue.uncertain().count == 1)
        await later.storage.close()
    }
}
