import DriverAPI
import Testing

@testable import Host

/// A car that is being woken has not gone.
@Suite struct WokenBoxesTests {
    private let start = MonotonicTime(seconds: 1000)

    private func box(_ id: String, _ state: String) -> DeviceState {
        var device = DeviceState(
            entry: SiteDevice(id: id, profile: "fake", address: "10.0.0.1"), title: "", deviceClass: .wallbox)
        device.readings["state"] = Reading(point: "state", value: .member(state), quality: .good, time: start)
        return device
    }

    @Test func anOpenPilotIsNoUnplugging() {
        var woken = WokenBoxes()
        woken.note("a", at: start)
        let states = woken.states([box("a", "A"), box("b", "A")], at: start.advanced(by: .seconds(20)))
        #expect(states.map { $0.text("state") } == ["B", "A"])
    }

    @Test func aCarThatIsStillMissingLaterHasGone() {
        var woken = WokenBoxes()
        woken.note("a", at: start)
        let states = woken.states([box("a", "A")], at: start.advanced(by: .seconds(41)))
        #expect(states.map { $0.text("state") } == ["A"])
    }

    @Test func otherStatesStayAsTheyAre() {
        var woken = WokenBoxes()
        woken.note("a", at: start)
        let states = woken.states([box("a", "F")], at: start.advanced(by: .seconds(5)))
        #expect(states.map { $0.text("state") } == ["F"])
    }
}
