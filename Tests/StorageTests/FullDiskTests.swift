import Foundation
import Glibc
import Storage
import TestTools
import Testing

struct FullDiskTests {
    @Test(.enabled(if: SmallDisk.isPermitted))
    func onAFullDiskStopsAreKeptAndNewSessionsAreRefused() async throws {
        let disk = try #require(SmallDisk())
        let storage = try await SiteStorage(path: disk.path + "/site.sqlite", now: noon)
        let queue = try await storage.transactionQueue(for: QueueFixture.backend)
        let made = try await QueueFixture()
        #expect(try await queue.sessionRefusal() == nil)
        var ids: [Int] = []
        for connector in 1...20 {
            ids.append(try #require(try await queue.append(.start(made.start(connector)), at: noon).transaction))
        }
        disk.fill()

        // Whatever is in the log's room is used up first.
        var refused = 0
        for number in 0..<20_000 where refused == 0 {
            do { try await queue.append(.meterValues(made.readings(ids[0], 2000 + number))) } catch {
                guard case .diskFull = error else { throw error }
                refused += 1
            }
        }
        #expect(refused == 1)
        for connector in 1...20 {
            let appended = try await queue.append(.stop(made.stop(connector, ids[connector - 1], meter: nil)))
            #expect(appended.place == .queued)
        }
        #expect(try await queue.sessionRefusal() == .diskFull(path: disk.path + "/site.sqlite"))
        let error = await #expect(throws: StorageError.self) { try await queue.append(.start(made.start(21))) }
        #expect(error?.description.contains("full") == true)
        #expect(try await queue.append(.start(made.start(1))).place == .repeated)
        #expect(try await storage.events(last: 3).contains { $0.code == "disk-full" })

        await storage.close()
        let again = try await SiteStorage(path: disk.path + "/site.sqlite", now: noon)
        let after = try await again.transactionQueue(for: QueueFixture.backend)
        #expect(try await again.openTransactions().isEmpty)
        var stops = 0
        while let message = try await after.next() {
            stops += message.kind == .stop ? 1 : 0
            try await after.delivered(message.id, backendID: message.kind == .start ? Int(message.id) : nil)
        }
        #expect(stops == 20, "the queue drains on a full disk")
        disk.clear()
        #expect(try await after.sessionRefusal() == nil)
        #expect(FileManager.default.fileExists(atPath: disk.path + "/site.sqlite-ballast"))
        #expect(try await after.append(.start(made.start(21))).place == .queued)
        await again.close()
    }

    /// Where no disk can be made, the database's own limit stands for it; then there is no ballast to give.
    @Test func aMessageThatFoundNoRoomIsNotThere() async throws {
        let site = try await QueueFixture()
        let local = try await site.begin(1)
        let pages = try #require(
            try await site.storage.database.query("PRAGMA page_count").first?.integer("page_count"))
        _ = try await site.storage.database.query("PRAGMA max_page_count=\(pages)")
        let large = MeterReadings(
            transaction: local, meter: 1500, at: noon, payload: [UInt8](repeating: 65, count: 100_000))
        await #expect(throws: StorageError.diskFull(path: site.folder.database)) {
            try await site.queue.append(.meterValues(large))
        }
        #expect(try await site.storage.transaction(local)?.meterLast == 1000)
        #expect(try await site.waiting().count == 1)
    }
}
