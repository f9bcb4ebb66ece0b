import Foundation
import Glibc
import Storage
import Testing

struct KillTests {
    /// Runs what waits for a process on a thread of its own.
    private func killed(_ database: String, times: Int) async throws -> KillRun {
        try await withCheckedThrowingContinuation { done in
            Thread.detachNewThread {
                // Writing to a process that was killed is an error here and no signal, on this thread only.
                var pipeBroken = sigset_t()
                sigemptyset(&pipeBroken)
                sigaddset(&pipeBroken, SIGPIPE)
                pthread_sigmask(SIG_BLOCK, &pipeBroken, nil)
                let run = KillRun(database: database)
                do {
                    try run.run(kills: times, transactions: 10)
                    done.resume(returning: run)
                } catch { done.resume(throwing: error) }
            }
        }
    }

    private func withoutRepeats(_ messages: [String]) -> [String] {
        var seen: Set<String> = []
        return messages.filter { seen.insert($0).inserted }
    }

    @Test func everyTransactionArrivesWholeAndInOrderHoweverOftenTheHostIsKilled() async throws {
        let folder = try TemporaryFolder()
        let run = try await killed(folder.database, times: 40)
        #expect(run.kills >= 40)
        #expect(run.wrongIDs.isEmpty, "a message bore another id than the backend gave")
        let once = withoutRepeats(run.received)
        let places = Dictionary(uniqueKeysWithValues: once.enumerated().map { ($1, $0) })
        for (id, transaction) in run.acknowledged {
            let messages = [transaction.start] + transaction.meters + [transaction.stop]
            let order = messages.compactMap { places[$0] }
            #expect(order.count == messages.count, "transaction \(id) lacks a message")
            #expect(order == order.sorted(), "transaction \(id) is out of order")
        }
        // Nothing besides: payloads of repeats are the same bytes, and there is one start and one stop each.
        #expect(once.count { $0.hasPrefix("S;") } == run.acknowledged.count)
        #expect(once.count { $0.hasPrefix("E;") } == run.acknowledged.count)
        #expect(once.count == run.acknowledged.values.reduce(0) { $0 + 2 + $1.meters.count })
        let storage = try await SiteStorage(path: folder.database)
        #expect(try await storage.undelivered().isEmpty)
        #expect(try await storage.openTransactions().isEmpty)
        #expect(try await storage.queues().isEmpty)
        #expect(try await storage.database.query("PRAGMA integrity_check").first?["integrity_check"] == "ok")
        let sessions = try await storage.sessions(
            from: WallTime(milliseconds: 0), to: .now().advanced(bySeconds: 1 << 32))
        #expect(sessions.count == run.acknowledged.count)
        #expect(sessions.allSatisfy { $0.energy == 5 })
    }
}
