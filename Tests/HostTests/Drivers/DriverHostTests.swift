import DriverAPI
import DriverPrograms
import Foundation
import Glibc
import Testing

@testable import Host

/// Driver programs in a whole host.
@Suite(.timeLimit(.minutes(5))) struct DriverHostTests {
    @Test func aBoxOfADriverGetsItsShare() async throws {
        let bench = try await DriverBench(["good": "good+car"])
        try await bench.charges("good")
        let shown = try #require(await bench.shown("good"))
        #expect(shown.title == "driver good")
        #expect(shown.state == "C")
        let answer = await bench.host.answer(ControlRequest(method: "GET", path: "/api/v1/devices"))
        #expect(String(decoding: answer.body, as: UTF8.self).contains(#""driver":"good""#))
        await bench.end()
    }

    @Test func boxesOfDriversNeedALicenceAsThoseOfOtherMakesDo() async throws {
        let vendor = try LicenceWorld()
        let names = ["a", "b", "c", "d"]
        let bench = try await DriverBench(
            Dictionary(uniqueKeysWithValues: names.map { ($0, "good+car") }), licensing: vendor.rules)
        for name in names.dropLast() { try await bench.charges(name) }
        try await bench.wait("the fourth is without a licence") { await bench.shown("d")?.reason == "licence" }
        #expect(await bench.shown("d")?.told_a == nil)
        let response = await bench.host.answer(
            ControlRequest(method: "POST", path: "/api/v1/licence", body: vendor.file(1)))
        #expect(response.status == 200)
        try await bench.charges("d")
        await bench.end()
    }

    @Test func nobodyHasToVouchForAProfileThatThereIsNot() async throws {
        let trust = try TrustWorld()
        let bench = try await DriverBench(["good": "good+car"], trusting: trust.rules)
        try await bench.charges("good")
        let answer = await bench.host.answer(ControlRequest(method: "GET", path: "/api/v1/profiles"))
        let document = try JSONDecoder().decode(TrustDocument.self, from: Data(answer.body))
        #expect(document.devices.map(\.standing) == ["not-needed"])
        let folder = TrustFolder(data: bench.folder.path)
        let library = ProfileLibrary(local: [], library: nil)
        #expect(TrustCheck(bench.site, library: library, rules: trust.rules, folder: folder).problems().isEmpty)
        await bench.end()
    }

    @Test func anotherVersionIsTakenOverAndTheOthersGoOn() async throws {
        let bench = try await DriverBench(["first": "good+car", "second": "good+car"])
        try await bench.charges("first")
        try await bench.charges("second")
        let (first, second) = (try #require(bench.pid("first")), try #require(bench.pid("second")))
        try DriverBench.write("first", "good+car", version: "1.1.0", in: bench.folder)
        await bench.host.reload(bench.site)
        try await bench.wait("the new version runs") { bench.log.contains { $0.hasSuffix("version 1.1.0 works") } }
        try await bench.wait("the old one has ended") { kill(first, 0) != 0 }
        try await bench.charges("first")
        #expect(bench.pid("first") != first)
        #expect(bench.pid("second") == second)
        #expect(await bench.host.board.state("second")?.connections == 1)
        await bench.end()
    }

    @Test func aManifestThatIsBrokenLeavesTheOldVersionRunning() async throws {
        let bench = try await DriverBench(["good": "good+car"])
        try await bench.charges("good")
        let pid = try #require(bench.pid("good"))
        let manifest = bench.folder.appendingPathComponent("drivers/good/driver.yaml")
        let text = try String(contentsOf: manifest, encoding: .utf8)
        try text.replacing("api: 1", with: "api: 2").write(to: manifest, atomically: true, encoding: .utf8)
        await bench.host.reload(bench.site)
        let alarms = await bench.host.control.alarmTexts()
        #expect(
            alarms.contains {
                $0.hasPrefix("driver good: its changed manifest is not used, version 1.0.0 goes on")
                    && $0.contains("speaks version 2 of the protocol, this host version 1")
            }, "\(alarms)")
        #expect(bench.pid("good") == pid)
        #expect(await bench.shown("good")?.link == "online")
        await bench.end()
    }

    @Test func aDriverThatIsPutInItsFolderLaterIsFoundByAReload() async throws {
        let bench = try await DriverBench(["good": "good+car"], boxes: ["good", "late"])
        try await bench.charges("good")
        let reason = await bench.host.board.state("late")?.failure
        let place = bench.folder.appendingPathComponent("drivers").path
        #expect(reason?.contains("there is no driver late in \(place); there is good") == true, "\(reason ?? "")")
        try DriverBench.write("late", "good+car", in: bench.folder)
        await bench.host.reload(bench.site)
        try await bench.charges("late")
        await bench.end()
    }

    @Test func oneWhoseProgramWasPutRightNeedNotWait() async throws {
        var timing = DriverTiming.hosted
        timing.firstWait = .seconds(600)
        timing.longestWait = .seconds(600)
        let bench = try await DriverBench(["odd": "wrong+car"], timing: timing)
        try await bench.wait("it has ended once") { bench.log.contains { $0.contains("it is started again in 600 s") } }
        // The manifest is as before; what it names is not.
        try Data().write(to: bench.folder.appendingPathComponent("drivers/odd/right"))
        await bench.host.reload(bench.site)
        try await bench.charges("odd")
        await bench.end()
    }

    @Test func aDriverEndsWithItsLastDeviceAndWithTheHost() async throws {
        let bench = try await DriverBench(["first": "good+car", "second": "good+car"])
        try await bench.charges("first")
        try await bench.charges("second")
        let (first, second) = (try #require(bench.pid("first")), try #require(bench.pid("second")))
        await bench.host.reload(DriverBench.site([("second", "second")], bench.folder))
        try await bench.wait("the first has ended") { kill(first, 0) != 0 }
        #expect(kill(second, 0) == 0)
        #expect(await bench.shown("second")?.link == "online")
        await bench.end()
        #expect(kill(second, 0) != 0)
    }
}
