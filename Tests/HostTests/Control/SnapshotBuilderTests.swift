import DriverAPI
import LoadManagement
import Testing

@testable import Host

/// What load management is told of the boxes once a tick.
@Suite struct SnapshotBuilderTests {
    private func state(switches: Bool) -> DeviceState {
        var state = DeviceState.online("a", .wallbox, [:])
        state.description = DeviceDescription(
            deviceClass: .wallbox, identity: [:], points: [],
            charging: ChargingAbility(minimum: 6, maximum: 16, switchesPhases: switches))
        return state
    }

    @Test func aBoxThatIsLimitedToOnePhaseIsWantedOnOneWhereItCanBeSwitched() throws {
        let site = site(32, ["a"])
        #expect(site.sharing.switching != nil)
        var builder = SnapshotBuilder(site)
        func terminals(_ switches: Bool, _ phases: [String: Int]) -> PhaseSet? {
            builder.snapshot([state(switches: switches)], phases: phases).boxes[0].terminals
        }
        #expect(terminals(true, [:]) == nil)
        #expect(terminals(true, ["a": 3]) == nil)
        #expect(terminals(true, ["a": 1]) == PhaseSet(first: 1))
        #expect(terminals(true, ["b": 1]) == nil)
        #expect(terminals(false, ["a": 1]) == nil)
    }
}
