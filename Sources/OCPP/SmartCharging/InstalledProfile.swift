/// A charging profile that was taken, with where and when; to be stored as it is.
public struct InstalledProfile: Sendable, Equatable {
    /// The profile.
    public let profile: ChargingProfile
    /// The connector it was set on; 0 is the whole charge point.
    public let connector: Int
    /// When it was set: what a schedule without any other beginning counts from.
    public let installedAt: Timestamp

    /// A profile as it was stored.
    public init(profile: ChargingProfile, connector: Int, installedAt: Timestamp) {
        self.profile = profile
        self.connector = connector
        self.installedAt = installedAt
    }
}

/// What smart charging must know of a connector.
public struct ChargingConnector: Sendable, Hashable {
    /// The largest current of the box and its wiring, in A per phase.
    public var maximum: Tenths
    /// How many phases the box charges with, 1 to 3.
    public var phases: Int
    /// The transaction that runs; nil if there is none.
    public var transaction: Transaction?

    /// A transaction that runs.
    public struct Transaction: Sendable, Hashable {
        /// The id that the central system gave it; nil until it is known.
        public var id: Int?
        /// When charging was started.
        public var start: Timestamp

        /// A transaction that runs.
        public init(id: Int?, start: Timestamp) {
            self.id = id
            self.start = start
        }
    }

    /// A connector with its facts.
    public init(maximum: Tenths, phases: Int = 3, transaction: Transaction? = nil) {
        self.maximum = maximum
        self.phases = min(max(phases, 1), 3)
        self.transaction = transaction
    }
}

/// What smart charging must know of a site.
public struct ChargingSite: Sendable, Hashable {
    /// The voltage between a phase and neutral, in V; for limits in W.
    public var voltage: Int
    /// The largest current of all boxes together, in A per phase; nil if nothing limits them.
    public var maximum: Tenths?
    /// The connectors from 1 on.
    public var connectors: [Int: ChargingConnector]
    /// Whether a limit in W becomes amperes on the phases a connector is on, also where its profile names fewer.
    public var countsOwnPhases = false

    /// A site with its facts.
    public init(voltage: Int = 230, maximum: Tenths? = nil, connectors: [Int: ChargingConnector]) {
        self.voltage = max(voltage, 1)
        self.maximum = maximum
        self.connectors = connectors
    }
}
