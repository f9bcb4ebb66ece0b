import Foundation
import Storage
import Testing

struct ClosingTests {
    private func close(_ site: QueueFixture, _ id: Int) async throws -> StoredTransaction {
        try await site.storage.close(transaction: id, reason: "Other", now: noon) { facts in
            Array("closed \(facts.transaction ?? -1) \(facts.at) \(facts.meterStop)".utf8)
        }
    }

    @Test func aClosedTransactionEndsAtItsLastMeterValueAndIsQueued() async throws {
        let site = try await QueueFixture()
        let id = try await site.begin(2)
        try await site.queue.append(.meterValues(site.readings(id, 1700, second: 600)), at: noon)
        let closed = try await close(site, id)
        #expect(closed.meterStop == 1700)
        #expect(closed.stoppedAt == noon.advanced(bySeconds: 600))
        #expect(try await site.waiting().last == "closed \(id) 2026-08-01T12:10:00Z 1700")
        let sessions = try await site.storage.sessions(from: noon, to: noon.advanced(bySeconds: 1))
        #expect(sessions.map(\.energy) == [700])
        #expect(sessions.map(\.reason) == ["Other"])
    }

    @Test func aTransactionWithoutMeterValuesEndsWhereItBegan() async throws {
        let site = try await QueueFixture()
        let id = try await site.begin(1)
        let closed = try await close(site, id)
        #expect(closed.meterStop == 1000)
        #expect(closed.stoppedAt == noon)
    }

    @Test func nothingIsClosedTwiceAndWhatIsUnknownIsSaidSo() async throws {
        let site = try await QueueFixture()
        let id = try await site.begin(1)
        _ = try await close(site, id)
        await #expect(throws: StorageError.transactionEnded(id, at: noon)) { _ = try await close(site, id) }
        await #expect(throws: StorageError.unknownTransaction(4)) { _ = try await close(site, 4) }
        #expect(try await site.waiting().count == 2)
    }

    @Test func aSlaveThatReturnsAfterAllKeepsItsOwnStopWithTheUndelivered() async throws {
        let site = try await QueueFixture()
        let id = try await site.begin(1)
        _ = try await close(site, id)
        let late = try await site.queue.append(.stop(site.stop(1, id)), at: noon)
        #expect(late.place == .undelivered)
        #expect(try await site.waiting().count == 2)
    }

    @Test func theBooksCanBeReadBesideAHostThatWrites() async throws {
        let site = try await QueueFixture()
        let id = try await site.begin(1)
        let reader = try await SiteStorage(readOnly: site.folder.database)
        #expect(try await reader.openTransactions().map(\.id) == [id])
        _ = try await close(site, id)
        #expect(try await reader.openTransactions().isEmpty)
        await #expect(throws: StorageError.self) { try await reader.setSetting("a", to: "b") }
        await #expect(throws: StorageError.self) {
            _ = try await SiteStorage(readOnly: site.folder.path + "/none.sqlite")
        }
        #expect(!FileManager.default.fileExists(atPath: site.folder.path + "/none.sqlite"))
    }

    @Test func everythingUndeliveredIsSentAgainInItsOrderButWhatBelongsToNothing() async throws {
        let site = try await QueueFixture()
        let first = try await site.begin(1)
        let second = try await site.begin(2)
        try await site.queue.append(.stop(site.stop(9)), at: noon)
        for _ in 0..<2 {
            let message = try #require(try await site.queue.next())
            _ = try await site.queue.failed(
                message.id, .callError("no"), rule: AttemptRule(attempts: 1, interval: .zero))
        }
        #expect(try await site.storage.undelivered().map(\.transaction) == [first, second, nil])
        #expect(try await site.storage.resendAll() == 2)
        #expect(try await site.storage.undelivered().map(\.transaction) == [nil])
        #expect(
            try await site.drain() == [
                "start 1 2026-08-01T12:00:00Z CARD 1000", "start 2 2026-08-01T12:00:00Z CARD 1000",
            ])
    }
}

struct SecretTests {
    @Test func theBackendsKeyIsAConfigurationValueAndCanBeRemoved() async throws {
        let site = try await QueueFixture()
        #expect(try await site.storage.authorizationKey() == nil)
        try await site.storage.setAuthorizationKey("0123456789abcdef")
        #expect(try await site.storage.authorizationKey() == "0123456789abcdef")
        #expect(try await site.storage.configuration().map(\.key) == ["AuthorizationKey"])
        try await site.storage.setAuthorizationKey(nil)
        #expect(try await site.storage.authorizationKey() == nil)
    }

    @Test func aSlavesKeyChangesAndWhatItSaidOfItselfStays() async throws {
        let site = try await QueueFixture()
        try await site.storage.setKey(Array("one".utf8), ofSlave: "GARAGE#002", box: "north", at: noon)
        var slave = try #require(try await site.storage.pairedSlave("GARAGE#002"))
        #expect(slave.box == "north" && slave.pairedAt == noon)
        slave.vendor = "Vendor"
        try await site.storage.storePairedSlave(slave)
        try await site.storage.setKey(Array("two".utf8), ofSlave: "GARAGE#002", box: "north")
        let changed = try #require(try await site.storage.pairedSlave("GARAGE#002"))
        #expect(changed.key == Array("two".utf8))
        #expect(changed.vendor == "Vendor" && changed.pairedAt == noon)
        try await site.storage.setKey(nil, ofSlave: "GARAGE#002", box: "north")
        #expect(try await site.storage.pairedSlave("GARAGE#002")?.key == nil)
    }
}
