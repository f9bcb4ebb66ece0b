import DriverAPI
import ReadPlanning

/// What an engine is told about its device beside the profile.
public struct EngineConfiguration: Sendable {
    /// The unit id; nil for the profile's default.
    public var unit: UInt8?
    /// The options as the site file has them.
    public var options: [String: String]
    /// The line, for the planner.
    public var line: LineTiming
    /// The device's turnaround until it has been measured.
    public var latency: Duration
    /// The charge value told last before this start, in the unit the box is governed in; the engine's own record in
    /// the store goes before it.
    public var lastTold: Exact?
    /// Whether ``ProfileEngine/round()`` writes by itself: init, keepalive and re-assertion. False where only commands
    /// may write, as in profile tests without a scenario.
    public var writesByItself: Bool

    /// Makes a configuration.
    public init(
        unit: UInt8? = nil, options: [String: String] = [:], line: LineTiming = .tcp,
        latency: Duration = .milliseconds(30), lastTold: Exact? = nil, writesByItself: Bool = true
    ) {
        self.unit = unit
        self.options = options
        self.line = line
        self.latency = latency
        self.lastTold = lastTold
        self.writesByItself = writesByItself
    }
}
