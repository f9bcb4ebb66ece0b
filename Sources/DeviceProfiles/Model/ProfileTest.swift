import DriverAPI
import ReadPlanning
import YAML

/// One test of a profile, checked against its points.
public struct ProfileTest: Sendable {
    /// Its name.
    public var name: String
    /// Where it stands.
    public var mark: Mark
    /// The fixture; nil: every optional point counts as present, plans only.
    public var given: String?
    /// Options as in the site file.
    public var options: [String: String]
    /// The line and latency, for plans.
    public var line: (timing: LineTiming, latency: Duration)?
    /// Commands, one after the other.
    public var commands: [Command]
    /// Expected values by name, with their place.
    public var expect: [(name: String, value: ExpectedValue, mark: Mark)]
    /// Expected score of this profile.
    public var identify: Int?
    /// Profiles that stay below their own ask_installer_from.
    public var identifyNot: [String]
    /// All write frames of the commands; nil: not checked.
    public var writes: [String]?
    /// All write frames of init; nil: not checked.
    public var initWrites: [String]?
    /// Part of the reason of the refusal.
    public var refused: String?
    /// Expected plans by class (`fast`, `normal`, `slow`, `static`, `all`).
    public var plans: [String: [String]]
    /// The scenario's entries in time order; empty for none.
    public var scenario: [ScenarioEntry]

    /// Makes a test.
    public init(
        name: String, mark: Mark, given: String? = nil, options: [String: String] = [:],
        line: (timing: LineTiming, latency: Duration)? = nil, commands: [Command] = [],
        expect: [(name: String, value: ExpectedValue, mark: Mark)] = [], identify: Int? = nil,
        identifyNot: [String] = [], writes: [String]? = nil, initWrites: [String]? = nil, refused: String? = nil,
        plans: [String: [String]] = [:], scenario: [ScenarioEntry] = []
    ) {
        self.name = name
        self.mark = mark
        self.given = given
        self.options = options
        self.line = line
        self.commands = commands
        self.expect = expect
        self.identify = identify
        self.identifyNot = identifyNot
        self.writes = writes
        self.initWrites = initWrites
        self.refused = refused
        self.plans = plans
        self.scenario = scenario
    }
}

/// What a test expects of a value.
public struct ExpectedValue: Hashable, Sendable {
    /// The value; nil where only the quality counts.
    public var value: Value?
    /// How far a number may be off.
    public var tolerance: Exact
    /// The quality.
    public var quality: Quality

    /// Makes an expectation.
    public init(value: Value?, tolerance: Exact = 0, quality: Quality = .good) {
        self.value = value
        self.tolerance = tolerance
        self.quality = quality
    }
}

/// One entry of a scenario.
public struct ScenarioEntry: Sendable {
    /// What the device does.
    public enum DeviceEvent: String, Sendable, CaseIterable {
        case silent, answers, restarts
        case losesRAM = "loses-ram"
        case vehiclePlugs = "vehicle-plugs"
        case vehicleLeaves = "vehicle-leaves"
        case vehicleCharges = "vehicle-charges"
    }
    /// What the host does.
    public enum HostEvent: String, Sendable, CaseIterable { case silent, stops, starts }

    /// When, from the start.
    public var at: Duration
    /// Where it stands.
    public var mark: Mark
    /// Commands, one after the other.
    public var commands: [Command] = []
    /// What the device does.
    public var device: DeviceEvent?
    /// What the host does.
    public var host: HostEvent?
    /// How long `device` or `host` lasts; nil: from now on.
    public var lasts: Duration?
    /// Changes of the image.
    public var registers: [RegisterTable: [Int: UInt16]] = [:]
    /// Changes of the exceptions.
    public var exceptions: [RegisterTable: [Int: UInt8]] = [:]
    /// Whether the image changes in the middle of the next read.
    public var torn = false
    /// Values of the host.
    public var expect: [(name: String, value: ExpectedValue, mark: Mark)] = []
    /// Values of the device's registers.
    public var expectDevice: [(name: String, value: ExpectedValue, mark: Mark)] = []
    /// Frames since the entry before; nil: not checked.
    public var writes: [String]?
    /// How long to wait for the frames.
    public var within: Duration?

    /// Makes an entry.
    public init(at: Duration, mark: Mark) {
        self.at = at
        self.mark = mark
    }
}
