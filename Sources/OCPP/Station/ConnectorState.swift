/// All that a station knows of one connector.
struct ConnectorState: Sendable {
    var connector: StationConnector
    var tracked: TrackedStatus
    /// What was last read from the box; nil until it answered once.
    var reading: BoxReading?
    /// Why the box or the slave cannot be reached; nil if it can.
    var lost: String?
    var phase = ChargingPhase.idle
    /// Whether a transaction has ended and the vehicle, or its cable, is still there.
    var isFinishing = false
    /// When the vehicle was plugged in.
    var pluggedAt: Duration?
    /// A stop that came before the start was on the disk.
    var earlyStop: (reason: StopReason, idTag: String?)?
    /// Before that no free charging is tried again.
    var freeRetryAt: Duration?
    /// Whether it was said that the meter cannot be read.
    var isMeterMissingTold = false
    /// The highest energy register read from the box, in Wh.
    var highestEnergy: Int?
    /// Since when the box reads less than that.
    var lowerSince: Duration?
    /// What the slave said last.
    var slaveStatus: TrackedStatus.Value?
    /// The transaction of the slave.
    var slaveTransaction: OpenTransaction?
    /// The profile of a remote start that the slave has been asked for.
    var slaveProfile: (idTag: String, profile: ChargingProfile)?
    /// What the host was told.
    var output: ConnectorOutput?
    /// The request that waits for the socket to be unlocked.
    var unlocking: (id: String, deadline: Duration)?

    init(_ connector: StationConnector, at now: Timestamp, _ elapsed: Duration) {
        self.connector = connector
        tracked = TrackedStatus(.init(status: .unavailable), at: now, elapsed)
        if connector.kind == .slave { lost = "the slave has not come yet" }
    }

    var number: Int { connector.number }

    var equipment: BoxEquipment? {
        if case .box(let equipment) = connector.kind { equipment } else { nil }
    }

    var isSlave: Bool { connector.kind == .slave }

    var isPlugged: Bool { pluggedAt != nil }

    /// The transaction that runs, of a box or of a slave.
    var transaction: OpenTransaction? {
        switch phase {
        case .charging(let transaction), .stopping(_, let transaction): transaction.open
        default: slaveTransaction
        }
    }

    /// Whether nothing is under way that belongs to a tag.
    var isFree: Bool {
        if case .idle = phase { slaveTransaction == nil } else { false }
    }
}
