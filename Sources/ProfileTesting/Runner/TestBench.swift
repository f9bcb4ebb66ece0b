import DeviceProfiles
import DriverAPI
import Modbus
import ModbusProfile
import ReadPlanning
import Simulator

/// One simulated device on one line with one clock, and the host's engine beside it.
struct TestBench {
    /// The virtual time of this test.
    let clock: VirtualClock
    /// The device.
    let device: SimulatedDevice
    /// The line between.
    let link: SimulatedLink
    /// What the host keeps over a restart.
    let store = MemoryDriverStore()

    private let profile: any VariableProfile
    private let configuration: EngineConfiguration

    /// Whether time passes with requests.
    enum Pace {
        /// In scenarios it does, and the host writes by itself.
        case asOnTheLine
        /// Elsewhere everything is read at one moment, so that nothing is stale on a slow line.
        case instant
    }

    /// Builds everything afresh for a test.
    ///
    /// Throws ``DriverError/configuration(_:)`` for options that cannot be right.
    init(
        _ profile: any VariableProfile, fixture: Fixture, options written: [String: String],
        line: (timing: LineTiming, latency: Duration)? = nil, pace: Pace
    ) throws(DriverError) {
        self.profile = profile
        let base = profile.profile
        let options = try profile.values(ofOptions: written)
        let facts = DeviceFacts.facts(of: base, in: fixture, options: options)
        let resolved = profile.applied(options: options, facts: facts)
        let isScenario = pace == .asOnTheLine
        let timing = line?.timing ?? (base.link.tcpPort == nil ? base.link.serial?.timing : nil) ?? .tcp
        let latency = line?.latency ?? .milliseconds(5)
        clock = VirtualClock()
        device = SimulatedDevice(profile: resolved, fixture: fixture, options: options, facts: facts)
        link = SimulatedLink(
            devices: [base.link.defaultUnit: device], clock: clock,
            pace: isScenario ? .line(timing, latency: latency) : .instant)
        configuration = EngineConfiguration(
            options: written, line: timing, latency: latency, writesByItself: isScenario)
    }

    /// A host that has just been started.
    func startHost() async throws(DriverError) -> ProfileEngine {
        try await ProfileEngine(
            profile: profile, link: link, clock: clock, store: store, configuration: configuration)
    }
}
