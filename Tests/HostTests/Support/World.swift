import DriverAPI
import LoadManagement
import Simulator
import Testing

@testable import Host

/// A site of fake boxes and meters under a control loop, on a virtual clock that goes half a second a step.
///
/// After every step it waits until everybody has taken note of everything, so that the outcome is the same every time.
final class World {
    let clock = SharedVirtualClock(start: MonotonicTime(seconds: 1000))
    let store = FakeStore()
    var site: Site
    var boxes: [FakeBox]
    let house: Int
    var recorder: (any TickRecorder)?
    private(set) var meter: FakeMeter?
    private(set) var board = DeviceBoard()
    private(set) var loop: ControlLoop
    private(set) var outcome: ControlLoop.Outcome?
    var meterAnswers = true
    /// Called after every half second.
    var judge: (World) -> Void = { _ in }
    private var steps = 0

    var now: MonotonicTime { clock.now }

    /// What the station of OCPP allows.
    let stations = StationOrders()

    init(
        _ site: Site, _ boxes: [FakeBox], house: Int = 0, recorder: (any TickRecorder)? = nil
    ) async throws {
        self.site = site
        self.boxes = boxes
        self.house = house
        self.recorder = recorder
        loop = try ControlLoop(
            site, board: board, clock: clock, told: store, stations: stations, recorder: recorder)
        await connect()
    }

    func box(_ id: String) throws -> FakeBox { try #require(boxes.first { $0.id == id }) }

    /// What all boxes on `circuit` and below it draw with the house on the fullest phase, in mA.
    func load(_ circuit: String) -> Int { loads(circuit).largest }

    /// The same on every phase.
    func loads(_ circuit: String) -> PhaseCurrents {
        let inside = site.devices.filter { device in
            var node: String? = device.circuit
            while let id = node, id != circuit { node = site.nodes.first { $0.id == id }?.parent }
            return node == circuit
        }
        let drawn = boxes.filter { box in inside.contains { $0.id == box.id } }.reduce(PhaseCurrents.zero) {
            $0 + $1.box.drawOnSupply(at: now)
        }
        return circuit == "supply" ? drawn + PhaseCurrents(each: house) : drawn
    }

    /// Half a second; every second one ticks.
    func step() async throws {
        clock.advance(by: .milliseconds(500))
        for box in boxes { box.advance(to: now) }
        if let meter {
            let shown = meterAnswers ? loads("supply") : nil
            meter.show(shown, at: now)
        }
        judge(self)
        try await settle()
        steps += 1
        guard steps.isMultiple(of: 2) else { return }
        outcome = await loop.tick()
        try await settle()
    }

    func run(seconds: Int) async throws { for _ in 0..<2 * seconds { try await step() } }

    /// Steps until `condition` holds; fails after `seconds`.
    func run(atMost seconds: Int, until condition: (World) -> Bool) async throws {
        for _ in 0..<2 * seconds where !condition(self) { try await step() }
        #expect(condition(self), "it did not happen within \(seconds) s")
    }

    /// What the last tick says of a box.
    func decision(_ id: String) throws -> BoxDecision { try #require(outcome?.decision.boxes[id]) }

    /// The host ends without a word and starts anew from its store; frames under way arrive or not.
    func restart() async throws {
        let stored = try await store.load()
        board = DeviceBoard()
        var fresh: [FakeBox] = []
        for box in boxes {
            await box.close(.leave)
            fresh.append(FakeBox(box.id, box.box, at: now))
        }
        boxes = fresh
        loop = try ControlLoop(
            site, board: board, clock: clock, told: store, stored: stored, recorder: recorder)
        await connect()
    }

    private func connect() async {
        for device in site.devices {
            let state = DeviceState(
                entry: device, title: device.id, deviceClass: device.role == nil ? .wallbox : .meter)
            if let box = boxes.first(where: { $0.id == device.id }) {
                await board.add(state, device: box)
            } else if device.role != nil {
                let new = FakeMeter(device.id)
                meter = new
                await board.add(state, device: new)
            }
        }
    }

    /// Waits until the board has all readings, the drivers all orders, and the loop all answers.
    func settle() async throws {
        for _ in 0..<20_000 {
            if await isSettled() { return }
            try await Task.sleep(for: .microseconds(200))
        }
        Issue.record("the world did not come to rest")
    }

    private func isSettled() async -> Bool {
        for state in await board.all() {
            let shown = state.readings["sequence"]?.value?.number ?? 0
            let id = state.entry.id
            if let box = boxes.first(where: { $0.id == id }) {
                guard shown == Exact(box.sequence), await loop.openOrders(of: id) == box.open else { return false }
            } else if let meter, meter.id == id {
                guard shown == Exact(meter.sequence) else { return false }
            }
        }
        return await loop.writingSince == nil || store.isHanging
    }
}

/// A supply of `limit` A with boxes on it, on circuits by their names' first part: `garage.a` hangs on `garage`.
func site(
    _ limit: Int, _ boxes: [String], circuits: [String: Int] = [:], meter: Bool = false, meterLost: Exact? = nil
) -> Site {
    let amperes = { (value: Int) in [Exact](repeating: Exact(value), count: 3) }
    var devices = boxes.enumerated().map { place, id in
        SiteDevice(
            id: id, profile: "fake", address: "10.0.0.\(place + 1)",
            circuit: circuits.keys.first { id.hasPrefix($0) } ?? "supply")
    }
    if meter { devices.append(SiteDevice(id: "grid", profile: "fake", address: "10.0.1.1", role: .grid)) }
    return Site(
        name: "test",
        supply: SiteCircuit(
            id: "supply", limit: amperes(limit), meter: meter ? "grid" : nil, meterLost: meterLost),
        circuits: circuits.sorted { $0.key < $1.key }.map {
            SiteCircuit(id: $0.key, parent: "supply", limit: amperes($0.value))
        },
        devices: devices)
}
