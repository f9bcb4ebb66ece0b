import DriverAPI
import DriverPrograms
import Foundation
import Testing

@Suite(.timeLimit(.minutes(5))) struct ProgramDriverTests {
    @Test func aProgramServesADeviceAsAnyDriverDoes() async throws {
        let peer = try PeerDriver("good")
        let garage = try await peer.open()
        #expect(await garage.online())
        let power = await eventually { garage.readings.first }
        #expect(power?.value == .number(6854))
        #expect(power?.unit == .W)
        let outcome = try await garage.device.apply(.charge(.current(10)))
        #expect(outcome == CommandOutcome(told: 10, verified: true))
        #expect(try await garage.device.read(nil).first?.value == .member("C"))
        await garage.device.close(.leave)
        #expect(await eventually { garage.hasEnded ? true : nil } == true)
        await peer.stop()
        #expect(peer.lines.all.contains { $0.hasSuffix("begins in \(peer.folder)") })
        #expect(try FileManager.default.contentsOfDirectory(atPath: peer.folder).sorted() == ["data", "driver.yaml"])
    }

    @Test func aDriverThatOnlyAnswersIsPolled() async throws {
        let peer = try PeerDriver("polled")
        let (garage, dead) = (try await peer.open(), try await peer.open("dead"))
        #expect(await garage.online())
        #expect(await eventually { garage.readings.count >= 3 ? true : nil } == true)
        #expect(await dead.silence(with: "no answer") == "no answer")
        await peer.stop()
    }

    @Test func aDeviceThatWasClosedCanBeOpenedAgain() async throws {
        let peer = try PeerDriver("good")
        do {
            let first = try await peer.open()
            #expect(await first.online())
            await first.device.close(.leave)
        }
        let second = try await peer.open()
        #expect(await second.online())
        #expect(try await second.device.apply(.charge(.current(7))).told == 7)
        await peer.stop()
    }

    @Test func theStoreIsTheHosts() async throws {
        let store = MemoryDriverStore(["count": "41"])
        let peer = try PeerDriver("store")
        let garage = try await peer.open(store: store)
        #expect(await garage.online())
        _ = try await garage.device.apply(.charge(.current(10)))
        #expect(await store.value("count") == "42")
        await peer.stop()
    }

    @Test func aDeviceThatCannotBeOpenedSaysWhyAndLeavesTheOthersAlone() async throws {
        let peer = try PeerDriver("good")
        let (garage, lost) = (try await peer.open(), try await peer.open("lost", address: "nowhere"))
        #expect(await lost.silence(with: "nowhere") == "it cannot be opened: there is nothing at nowhere")
        #expect(await garage.online())
        await peer.stop()
    }

    @Test func optionsAreCheckedBeforeTheProgramIsStarted() async throws {
        let peer = try PeerDriver("good")
        let context = DriverContext(clock: SystemClock(), store: MemoryDriverStore())
        for (options, sentence) in [
            (["colour": "red"], "the driver peer has no option colour; known: phases"),
            (["phases": "many"], "the option phases of the driver peer must be a whole number, not \"many\""),
        ] {
            let device = DeviceConfiguration(id: "g", profile: "peer", address: "here", options: options)
            let error = await #expect(throws: DriverError.self) { try await peer.driver.open(device, context: context) }
            #expect(error == .configuration(sentence))
        }
        #expect(peer.lines.all.isEmpty)
    }

    @Test func aCommandThatIsTakenBackEndsAtOnceAndTheDriverIsTold() async throws {
        let peer = try PeerDriver("slow")
        let garage = try await peer.open()
        #expect(await garage.online())
        let command = Task { try await garage.device.apply(.charge(.current(10))) }
        try await Task.sleep(for: .milliseconds(100))
        command.cancel()
        await #expect(throws: DriverError.self) { try await command.value }
        let alarm = await eventually { garage.all.first { if case .alarm = $0 { true } else { false } } }
        #expect(alarm != nil)
        await peer.stop()
    }
}
