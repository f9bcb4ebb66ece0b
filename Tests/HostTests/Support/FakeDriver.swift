import DriverAPI
import Synchronization

/// Opens fake devices: boxes that are the same at the same address, however often they are opened; a profile `fake-meter`
/// is a meter, a profile `broken` cannot be opened, and one that is `stuck` is never opened.
final class FakeDriver: Driver {
    private struct State {
        var boxes: [(address: String, box: FakeBox)] = []
        var meters: [FakeMeter] = []
        var configurations: [DeviceConfiguration] = []
    }

    let name = "fake"
    private let clock: any SiteClock
    private let state = Mutex(State())

    init(clock: any SiteClock) { self.clock = clock }

    func open(_ device: DeviceConfiguration, context: DriverContext) async throws(DriverError) -> any Device {
        if device.profile == "broken" { throw .configuration("profile broken has 1 error: line 3") }
        if device.profile == "stuck" {
            do { try await Task.sleep(for: .seconds(3600)) } catch { throw .closed }
        }
        let now = clock.now
        return state.withLock { state in
            state.configurations.append(device)
            guard device.profile != "fake-meter" else {
                let meter = FakeMeter(device.id)
                state.meters.append(meter)
                return meter
            }
            let known = state.boxes.last { $0.address == device.address }?.box.box
            let box = FakeBox(device.id, known ?? PhysicalBox(), at: now)
            state.boxes.append((device.address, box))
            return box
        }
    }

    /// How often a device was opened.
    func openings(of id: String) -> Int { state.withLock { $0.configurations.count { $0.id == id } } }
    /// The newest sessions with boxes, by their addresses.
    var sessions: [String: FakeBox] {
        state.withLock { Dictionary($0.boxes.map { ($0.address, $0.box) }) { _, new in new } }
    }
    /// The meters that are open.
    var meters: [FakeMeter] { state.withLock { $0.meters.filter { !$0.isClosed } } }

    func advance(to now: MonotonicTime) {
        for box in sessions.values where box.closed == nil { box.advance(to: now) }
    }
}
