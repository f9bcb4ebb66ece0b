import DriverPrograms
import Foundation
import Testing

@testable import Host

/// A bad driver in a whole host: its box is silent with the reason and stays booked, all others go on.
@Suite(.timeLimit(.minutes(5))) struct DriverContainmentTests {
    private static let short: DriverTiming = {
        var timing = DriverTiming.hosted
        timing.heartbeat = .milliseconds(500)
        timing.answer = .seconds(12)
        timing.flood = .seconds(2)
        return timing
    }()

    @Test(arguments: [
        ("crash+car", "it was ended by signal 11"),
        ("hang+car", "left ping unanswered for 12 s"),
        ("flood", "it sends more than 200 messages a second"),
        ("garbage", "faulty messages within a minute"),
        ("memory", "does not work"),
        ("never-reads", "left ping unanswered for 12 s"),
        ("dies", "it ended with status 3"),
        ("future", "it speaks version 2 of the protocol, this host version 1"),
    ])
    func itsBoxIsSilentWithTheReasonAndTheOtherGoesOn(behaviour: String, reason: String) async throws {
        let bench = try await DriverBench(["bad": behaviour, "good": "good+car"], timing: Self.short)
        try await bench.charges("good")
        var seen: Set<String> = []
        try await bench.wait("\(behaviour): \(reason)") {
            guard case .silent(_, let text) = await bench.host.board.state("bad")?.link else { return false }
            seen.insert(text)
            return text.contains(reason)
        }
        #expect(bench.log.contains { $0.contains("driver bad: ") && $0.contains("it is started again in") })
        // The other was never disturbed, and the site went on ticking.
        #expect(await bench.host.board.state("good")?.connections == 1)
        #expect(bench.host.isTicking)
        try await bench.charges("good")
        await bench.end()
    }

    @Test func oneThatIsAnotherVersionThanItsManifestSaysIsNotUsed() async throws {
        let bench = try await DriverBench(["good": "good+car"], boxes: ["bad", "good"])
        try DriverBench.write("bad", "good+car", says: "6.6.6", in: bench.folder)
        await bench.host.reload(bench.site)
        try await bench.wait("the reason is shown") {
            await bench.shown("bad")?.link_text?.contains("it says that it is bad 6.6.6, its manifest says bad 1.0.0")
                ?? false
        }
        #expect(await bench.shown("bad")?.told_a == nil)
        try await bench.charges("good")
        await bench.end()
    }

    @Test func energyThatIsPromisedAndNotThereIsNotBelieved() async throws {
        let bench = try await DriverBench(["good": "good+car"], boxes: ["bad", "good"])
        try DriverBench.write("bad", "good+car", more: "counts_energy: true", in: bench.folder)
        await bench.host.reload(bench.site)
        try await bench.wait("it is told in the log") {
            bench.log.contains {
                $0.contains("described.description.points is missing: energy_total, for its manifest has counts_energy")
            }
        }
        #expect(await bench.host.board.state("bad")?.description == nil)
        await bench.end()
    }

    @Test func aClassThatIsNotInTheManifestIsNotBelieved() async throws {
        let bench = try await DriverBench(["odd": "other-class+car"])
        try await bench.wait("it is told in the log") {
            bench.log.contains {
                $0.contains("described.description.class must be one of the classes of its manifest, not meter")
            }
        }
        #expect(await bench.host.board.state("odd")?.deviceClass == .wallbox)
        #expect(await bench.host.board.state("odd")?.description == nil)
        await bench.end()
    }

    @Test func whatABoxWasToldStaysBookedWhileItsDriverIsDead() async throws {
        var timing = Self.short
        timing.firstWait = .seconds(60)
        let bench = try await DriverBench(["bad": "crash+car"], timing: timing, options: ["rated_current": "16"])
        try await bench.wait("the driver has crashed") { await bench.shown("bad")?.link == "silent" }
        try await bench.wait("it is booked with what it may have been told") {
            await bench.shown("bad")?.booked_a == 16
        }
        #expect(await bench.shown("bad")?.link == "silent")
        await bench.end()
    }
}
