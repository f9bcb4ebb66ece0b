/// What the host must know of a device to book it safely and to show it.
public struct DeviceDescription: Hashable, Sendable, Codable {
    /// Its class.
    public var deviceClass: DeviceClass
    /// vendor, model, serial, firmware, hardware, as far as known.
    public var identity: [String: String]
    /// The points it has, absent ones left out.
    public var points: Set<String>
    /// How it is governed; nil for a device without charge control.
    public var charging: ChargingAbility?

    /// Makes a description.
    public init(
        deviceClass: DeviceClass, identity: [String: String] = [:], points: Set<String> = [],
        charging: ChargingAbility? = nil
    ) {
        self.deviceClass = deviceClass
        self.identity = identity
        self.points = points
        self.charging = charging
    }
}

/// What a box can be told, and what it does when it hears nothing.
public struct ChargingAbility: Hashable, Sendable, Codable {
    /// The lowest limit that still charges, in A per phase.
    public var minimum: Exact
    /// The highest limit it takes, in A per phase.
    public var maximum: Exact
    /// The step of its set-point, in A.
    public var step: Exact
    /// Whether it can be stopped; false for a box that stays at its minimum.
    public var stoppable: Bool
    /// Whether the host may switch its phases.
    public var switchesPhases: Bool
    /// What it does when it hears nothing.
    public var watchdog: Watchdog
    /// How the host may change what it does then; nil if it cannot.
    public var failSafe: FailSafeSettings?
    /// How long a switch of its phases takes before it may charge again; nil if nobody knows.
    public var phaseSettling: Duration?
    /// Whether it can wake a car that sleeps.
    public var wakesCars: Bool
    /// How long it takes at most from an acknowledged write to the pilot signal; ≤ 5 s (IEC 61851-1, Table A.6).
    public var pacing: Duration

    /// Makes an ability.
    public init(
        minimum: Exact = 6, maximum: Exact, step: Exact = Exact(unchecked: 1, 10), stoppable: Bool = true,
        switchesPhases: Bool = false, watchdog: Watchdog = .none, failSafe: FailSafeSettings? = nil,
        phaseSettling: Duration? = nil, wakesCars: Bool = false, pacing: Duration = .seconds(5)
    ) {
        self.minimum = minimum
        self.maximum = maximum
        self.step = step
        self.stoppable = stoppable
        self.switchesPhases = switchesPhases
        self.watchdog = watchdog
        self.failSafe = failSafe
        self.phaseSettling = phaseSettling
        self.wakesCars = wakesCars
        self.pacing = pacing
    }
}

/// What a box does after hearing nothing for a while.
public enum Watchdog: Hashable, Sendable, Codable {
    /// It goes on with what it was told, for ever.
    case none
    /// After `deadline` it limits itself to `limit` A; 0 means it stops.
    case falls(to: Exact, after: Duration)
    /// It has one, but what it does then is not known: its rated current is booked.
    case unknown(after: Duration)
}
