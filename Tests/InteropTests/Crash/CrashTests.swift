import Foundation
import Storage
import TestTools
import Testing

@testable import Host

/// Hosts that are killed at every point while cars come and go and the backend does everything wrong: what reaches the
/// backend is what happened.
///
/// `CHARGEHOST_CRASH_KILLS` says how often in all, `CHARGEHOST_CRASH_LIFE` how long most hosts live at most, in
/// milliseconds, `CHARGEHOST_CRASH_SECONDS` how long it may take, and `CHARGEHOST_CRASH_SEED` repeats a run;
/// `scripts/crash-test` sets them for a long one.
@Suite struct CrashTests {
    private static func number(_ variable: String, _ otherwise: Int) -> Int {
        ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? otherwise
    }

    private static let kills = number("CHARGEHOST_CRASH_KILLS", 500)
    private static let longest = number("CHARGEHOST_CRASH_LIFE", 500)
    private static let seconds = number("CHARGEHOST_CRASH_SECONDS", 120)
    private static let seed = number("CHARGEHOST_CRASH_SEED", Int.random(in: 1...1_000_000))

    /// What each of the others takes of all kills.
    private static let share = kills * 3 / 10

    /// TransactionMessageAttempts so high that nothing is given up.
    @Test(.timeLimit(.minutes(60))) func everyTransactionArrivesOnceWholeAndInOrder() async throws {
        try await Self.crash("patient", kills: Self.kills - 2 * Self.share, attempts: 1000, seed: Self.seed)
    }

    /// What is given up after two attempts is kept and arrives when an operator sends it again.
    @Test(.timeLimit(.minutes(60))) func whatWasGivenUpArrivesWhenItIsSentAgain() async throws {
        try await Self.crash("impatient", kills: Self.share, attempts: 2, seed: Self.seed + 1)
    }

    /// The disk is full now and then, also while hosts start and are killed.
    @Test(.timeLimit(.minutes(60)), .enabled(if: SmallDisk.isPermitted, "mounting a small disk needs root"))
    func nothingIsLostOnADiskThatIsFullNowAndThen() async throws {
        let disk = try #require(SmallDisk())
        try await Self.crash("full disk", kills: Self.share, attempts: 1000, seed: Self.seed + 2, disk: disk)
    }

    private static func crash(
        _ name: String, kills: Int, attempts: Int, seed: Int, disk: SmallDisk? = nil
    ) async throws {
        print("crash test, \(name): \(kills) kills with seed \(seed)")
        let site = try await CrashSite(seed: UInt64(seed), data: disk.map { $0.path + "/data" })
        try await site.set([
            ("TransactionMessageAttempts", "\(attempts)"), ("TransactionMessageRetryInterval", "0"),
            ("MeterValueSampleInterval", "1"), ("FreeCharging", "true"),
        ])
        site.world.send("go")
        let points = try await CrashPoints(in: site.folder, ports: [site.backendPort, site.slavePort])
        var run = CrashRun(site: site, points: points, disk: disk, longest: longest, seed: UInt64(seed))
        try await run.run(kills: kills, within: .seconds(seconds))
        try await run.settle()
        let resent = try await drain(site, maySendAgain: attempts < 1000)
        try await site.site.host.stop()
        let record = try CrashRecord(backend: site.stored, ledger: site.ledger)
        let count = try await CrashJudge(record, kills: run.kills, wasResent: resent > 0).judge(site.site.data)
        print(
            "crash test, \(name): \(count.all) transactions, \(count.ofBoxes) of them of the host's own boxes, "
                + "\(record.received.count) messages of which "
                + "\(record.received.count - record.once.count) repeats, \(resent) set aside and sent again; \(run.text)"
        )
        try await site.end()
    }

    /// Waits until all has been delivered and nothing runs; how many messages were sent again for it.
    private static func drain(_ site: CrashSite, maySendAgain: Bool) async throws -> Int {
        var resent = 0
        try await site.eventually("the queue never ran empty") {
            let storage = try await SiteStorage(readOnly: site.site.data + "/chargehost.sqlite")
            let queue = try await QueueDocument(storage)
            await storage.close()
            if maySendAgain, !queue.undelivered.isEmpty, queue.open.isEmpty {
                let told = try await Programs.run(["ocpp", "resend", "--json", "--data", site.site.data])
                resent += try document(told.output, OCPPOrders.Resent.self).messages
                return false
            }
            return queue.open.isEmpty && queue.queues.isEmpty
        }
        return resent
    }
}
