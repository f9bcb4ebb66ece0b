import DeviceProfiles
import DriverAPI
import Synchronization

@testable import ModbusProfile

/// A wallbox like the Power Brain: limit in 0.1 A at 8093, enable at 8094, both read back after 500 ms within 5 s.
enum Box {
    static let verify = WriteRule.Verification(after: .milliseconds(500), within: .seconds(5), tolerance: tenth)

    static func limit(_ change: (inout WriteRule) -> Void = { _ in }) -> PointDefinition {
        .make(
            "current_limit", at: 8093, .A, scale: tenth,
            write: .make(at: 8093, .A, scale: tenth) {
                $0.range = (.fixed(6), .fixed(16))
                $0.rounding = .down
                $0.verify = verify
                change(&$0)
            })
    }

    static func allowed(_ change: (inout WriteRule) -> Void = { _ in }) -> PointDefinition {
        .makeBool(
            "charging_allowed", at: 8094,
            write: .make(at: 8094, type: .bool16) {
                $0.verify = verify
                change(&$0)
            })
    }

    static let state = PointDefinition.makeMember("state", at: 8092, [0: "A", 1: "B", 2: "C", 3: "D"])

    static let charge = ChargeControl(
        set: "current_limit", start: [.natural("current_limit"), .natural("charging_allowed")],
        limit: [.natural("current_limit")], stop: [.natural("charging_allowed")])

    static func profile(
        points: [PointDefinition] = [], charge: ChargeControl = charge,
        _ change: (inout DeviceProfile) -> Void = { _ in }
    ) -> DeviceProfile {
        let own = [state, limit(), allowed()].filter { own in !points.contains { $0.name == own.name } }
        var profile = DeviceProfile(
            id: "test.box", version: [1, 0, 0], deviceClass: .wallbox, title: LocalizedText("Box"),
            points: own + points, control: Control(charge: charge))
        change(&profile)
        return profile
    }

    /// State C, 16 A, allowed.
    static let charging: [Int: [UInt16]] = [8092: [2, 160, 1]]
}

/// An engine on a fake device, with what it reported.
struct Bench {
    let clock: StepClock
    let device: FakeDevice
    let store: MemoryDriverStore
    let engine: ProfileEngine
    let reports: Reports

    /// Opens and, unless told otherwise, connects and reads everything once.
    init(
        _ profile: DeviceProfile, holding: [Int: [UInt16]] = Box.charging, store: MemoryDriverStore = .init(),
        clock: StepClock = StepClock(), options: [String: String] = [:], lastTold: Exact? = nil,
        vary: @escaping @Sendable (DeviceProfile, [String: Value]) -> DeviceProfile = { profile, _ in profile },
        connects: Bool = true, permission: WritePermission = .granted, prepare: (FakeDevice) -> Void = { _ in }
    ) async throws {
        let reports = Reports()
        let device = FakeDevice(clock, holding: holding)
        prepare(device)
        var source = FixedProfile(profile)
        source.vary = vary
        self.clock = clock
        self.device = device
        self.store = store
        self.reports = reports
        engine = try await ProfileEngine(
            profile: source, link: device, clock: clock, store: store,
            configuration: .init(options: options, lastTold: lastTold), permission: permission,
            report: { reports.add($0) })
        guard connects else { return }
        try await engine.connect()
        _ = try await engine.read(nil)
        _ = device.takeLog()
    }

    /// The value of a point.
    func value(_ point: String) async -> Value? { await engine.reading(point)?.value }
    /// The quality of a point.
    func quality(_ point: String) async -> Quality? { await engine.reading(point)?.quality }

    /// Rounds as the host has them, one a second, for so long.
    func run(_ duration: Duration) async {
        let end = clock.now.advanced(by: duration)
        while clock.now < end {
            let next = clock.now.advanced(by: .seconds(1))
            await engine.round()
            if clock.now < next { clock.advance(by: clock.now.duration(to: next)) }
        }
    }
}

/// What an engine reported.
final class Reports: Sendable {
    private let updates = Mutex<[DeviceUpdate]>([])

    func add(_ update: DeviceUpdate) { updates.withLock { $0.append(update) } }
    var all: [DeviceUpdate] { updates.withLock { $0 } }
    var links: [LinkState] { all.compactMap { if case .link(let state) = $0 { state } else { nil } } }
    var alarms: [String] { all.compactMap { if case .alarm(let text) = $0 { text } else { nil } } }
    var deviations: [Exact] { all.compactMap { if case .deviates(let read) = $0 { read } else { nil } } }
    var description: DeviceDescription? {
        all.compactMap { if case .described(let description) = $0 { description } else { nil } }.last
    }
}
