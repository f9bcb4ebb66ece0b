import DriverAPI
import LoadManagement

/// How a box is to charge, as the site file says.
public struct SiteBox: Hashable, Sendable {
    /// How a box charges while nobody says otherwise.
    public enum Mode: String, Hashable, Sendable, Codable, CaseIterable {
        /// It is stopped.
        case off
        /// As fast as the limits allow.
        case fast
        /// With PV surplus only.
        case surplus
        /// At its minimum always, with more from PV surplus.
        case minSurplus = "min+surplus"
    }

    /// How it charges.
    public var mode: Mode
    /// The least its cars charge with, in A per phase; nil for what the box itself says.
    public var minimum: Exact?
    /// The most it may be told, in A per phase; nil for what the box itself says.
    public var maximum: Exact?
    /// How many phases its cars use, 1 to 3, until its meter shows; nil if nobody knows.
    public var phases: Int?
    /// What is to stand in the box for the time when it hears nothing.
    public var failsafe: FailSafe
    /// Whether the host may switch its phases, where it can.
    public var switchesPhases: Bool

    /// Makes the settings of a box.
    public init(
        mode: Mode = .fast, minimum: Exact? = nil, maximum: Exact? = nil, phases: Int? = nil,
        failsafe: FailSafe = FailSafe(), switchesPhases: Bool = true
    ) {
        self.mode = mode
        self.minimum = minimum
        self.maximum = maximum
        self.phases = phases
        self.failsafe = failsafe
        self.switchesPhases = switchesPhases
    }
}

extension SiteBox.Mode {
    /// The same as load management names it.
    var shared: BoxMode {
        switch self {
        case .off: .off
        case .fast: .fast
        case .surplus: .surplus
        case .minSurplus: .minSurplus
        }
    }
}
