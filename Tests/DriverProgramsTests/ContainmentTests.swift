import DriverAPI
import DriverPrograms
import Testing

/// What a bad driver does stays with it: it is reported, started again, and another one works on beside it.
@Suite(.timeLimit(.minutes(5))) struct ContainmentTests {
    private func other() async throws -> (PeerDriver, Watched) {
        let peer = try PeerDriver("good")
        let device = try await peer.open()
        #expect(await device.online())
        return (peer, device)
    }

    private func works(_ other: (PeerDriver, Watched)) async throws {
        #expect(try await other.1.device.apply(.charge(.current(8))).told == 8)
        #expect(other.1.silences.isEmpty)
        await other.0.stop()
    }

    @Test func oneThatCrashesIsSilentWithTheReasonAndComesBack() async throws {
        let other = try await other()
        let peer = try PeerDriver("crash")
        let garage = try await peer.open()
        #expect(await garage.online())
        let error = await #expect(throws: DriverError.self) { try await garage.device.apply(.charge(.current(10))) }
        #expect(error?.description == "the driver peer does not work: it was ended by signal 11 (Segmentation fault)")
        #expect(await garage.silence(with: "signal 11") != nil)
        #expect(await garage.online(times: 2))
        #expect(await peer.lines.first(with: "it is started again in 0.2 s") != nil)
        await peer.stop()
        try await works(other)
    }

    @Test func oneThatHangsIsKilledAfterAMissedPing() async throws {
        let other = try await other()
        var timing = DriverTiming.short
        timing.heartbeat = .milliseconds(200)
        timing.answer = .seconds(5)
        let peer = try PeerDriver("hang", timing: timing)
        let garage = try await peer.open()
        #expect(await garage.online())
        let error = await #expect(throws: DriverError.self) { try await garage.device.apply(.charge(.current(10))) }
        #expect(error?.description.contains("left ping unanswered for 5 s") == true)
        #expect(await garage.online(times: 2))
        await peer.stop()
        try await works(other)
    }

    @Test func oneThatLeavesOnlyPingsUnansweredIsStartedAgain() async throws {
        var timing = DriverTiming.short
        timing.heartbeat = .milliseconds(100)
        timing.answer = .seconds(3)
        let peer = try PeerDriver("mute", timing: timing)
        let garage = try await peer.open()
        #expect(await garage.silence(with: "left ping unanswered for 3 s") != nil)
        await peer.stop()
    }

    @Test func oneThatFloodsIsReadNoFasterAndStopped() async throws {
        let other = try await other()
        var timing = DriverTiming.short
        timing.flood = .seconds(2)
        timing.firstWait = .seconds(60)
        let peer = try PeerDriver("flood", timing: timing)
        let garage = try await peer.open()
        #expect(await garage.silence(with: "it sends more than 200 messages a second") != nil)
        // 1000 at once and 200 a second for the 2 s of the flood and what a loaded machine adds.
        #expect(garage.frames < 4000)
        await peer.stop()
        try await works(other)
    }

    @Test(arguments: [
        ("garbage", "it sent 21 faulty messages within a minute; the last one: a faulty message: the line is not JSON"),
        ("dies", "it ended with status 3"),
        ("future", "it speaks version 2 of the protocol, this host version 1"),
    ])
    func oneThatBreaksTheProtocolIsNotUsedWithTheReason(behaviour: String, reason: String) async throws {
        let other = try await other()
        let peer = try PeerDriver(behaviour)
        let garage = try await peer.open()
        #expect(await garage.silence(with: reason) != nil)
        await peer.stop()
        try await works(other)
    }

    @Test func oneThatLiesAboutItsVersionIsNotUsed() async throws {
        let peer = try PeerDriver("good", version: "6.6.6")
        let garage = try await peer.open()
        #expect(await garage.silence(with: "it says that it is peer 6.6.6, its manifest says peer 1.0.0") != nil)
        #expect(garage.readings.isEmpty)
        await #expect(throws: DriverError.self) { try await garage.device.apply(.charge(.current(8))) }
        await peer.stop()
    }

    @Test func oneThatEatsMemoryEndsAndTheHostDoesNot() async throws {
        let other = try await other()
        var timing = DriverTiming.short
        timing.firstWait = .seconds(60)
        let peer = try PeerDriver("memory", memory: 64, timing: timing)
        let garage = try await peer.open()
        #expect(await garage.silence(with: "does not work") != nil)
        #expect(
            peer.lines.all.contains { $0.contains("MemoryError") } || garage.silences.contains { $0.contains("MiB") })
        await peer.stop()
        try await works(other)
    }

    @Test func memoryIsWatchedWhereItCannotBeLimited() async throws {
        var timing = DriverTiming.short
        timing.heartbeat = .milliseconds(100)
        let peer = try PeerDriver("fat", memory: 64, timing: timing, confinement: Confinement())
        let garage = try await peer.open()
        #expect(await garage.silence(with: "MiB of memory, more than the 64 it may") != nil)
        await peer.stop()
    }

    @Test func memoryOfWhatItStartedCountsAndEndsWithIt() async throws {
        var timing = DriverTiming.short
        timing.heartbeat = .milliseconds(100)
        timing.firstWait = .seconds(60)
        let peer = try PeerDriver("forks", memory: 64, timing: timing, confinement: Confinement())
        let garage = try await peer.open()
        #expect(await garage.silence(with: "MiB of memory, more than the 64 it may") != nil)
        #expect(peer.driver.process.pid == nil)
        await peer.stop()
    }

    @Test(.enabled(if: Confinement.found.bubblewrap != nil))
    func oneInBubblewrapWritesNowhereButInItsOwnFolderAndSeesNoData() async throws {
        let peer = try PeerDriver("pry")
        let garage = try await peer.open()
        #expect(await garage.online())
        #expect(await peer.lines.first(with: "own folder: written") != nil)
        #expect(await peer.lines.first(with: "manifest's folder: Read-only file system") != nil)
        #expect(await peer.lines.first(with: "hidden folder: []") != nil)
        await peer.stop()
    }

    @Test func oneThatKeepsAProcessorBusyIsStopped() async throws {
        let other = try await other()
        var timing = DriverTiming.short
        timing.heartbeat = .milliseconds(200)
        timing.answer = .seconds(60)
        // A loaded machine may give it little: a tenth of a processor is too much here.
        timing.processorPercent = 10
        timing.processorWindow = .seconds(3)
        timing.firstWait = .seconds(60)
        let peer = try PeerDriver("spin", timing: timing)
        let garage = try await peer.open()
        #expect(await garage.silence(with: "more than the 10 % it may") != nil)
        await peer.stop()
        try await works(other)
    }

    @Test func oneThatNeverReadsBlocksNobody() async throws {
        let other = try await other()
        var timing = DriverTiming.short
        timing.heartbeat = .milliseconds(200)
        timing.answer = .seconds(5)
        timing.command = .seconds(1)
        let peer = try PeerDriver("never-reads", timing: timing)
        let garage = try await peer.open()
        #expect(await garage.online())
        let error = await #expect(throws: DriverError.self) {
            try await garage.device.apply(.display(String(repeating: "x", count: 200_000)))
        }
        #expect(error?.description == "the driver peer left command unanswered for 1 s")
        #expect(await garage.silence(with: "left ping unanswered for 5 s") != nil)
        await peer.stop()
        try await works(other)
    }

    @Test func oneThatWasAskedForLessAndToldMoreIsNotBelieved() async throws {
        let peer = try PeerDriver("lies")
        let garage = try await peer.open()
        #expect(await garage.online())
        let error = await #expect(throws: DriverError.self) { try await garage.device.apply(.charge(.current(10))) }
        #expect(error == .notVerified("the driver peer was asked for 10 and told 32"))
        await peer.stop()
    }

    @Test func aLineThatIsTooLongIsAFaultAndTheNextIsTaken() async throws {
        let peer = try PeerDriver("long-line")
        let garage = try await peer.open()
        #expect(await peer.lines.first(with: "the line is not JSON: it is longer than 262144 bytes") != nil)
        #expect(try await garage.device.apply(.charge(.current(9))).told == 9)
        await peer.stop()
    }

    @Test func standardErrorReachesTheLogWithinLimits() async throws {
        let peer = try PeerDriver("chatty")
        let garage = try await peer.open()
        #expect(await garage.online())
        _ = await peer.lines.first(with: "line 3 ")
        #expect(try await garage.device.apply(.charge(.current(9))).told == 9)
        await peer.stop()
        let lines = peer.lines.all.filter { $0.contains("line ") && $0.contains("xxx") }
        #expect((100...900).contains(lines.count))
        #expect(lines.allSatisfy { $0.utf8.count < 2100 })
        #expect(peer.lines.all.contains { $0.hasSuffix("lines of its standard error were dropped") })
    }
}
