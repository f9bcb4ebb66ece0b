/// What a box gets. Currents are milliamperes.
public struct BoxDecision: Hashable, Codable, Sendable {
    /// Its share; what it was told follows as soon as that is safe.
    public var target: Int
    /// What it was last told; nil before the first order.
    public var told: Int?
    /// What keeps it from getting more.
    public var reason: Reason
    /// The most it may draw on each phase of the supply.
    public var booked: PhaseCurrents
    /// What needs a person's look.
    public var alarms: [BookingAlarm]
    /// When the next turn begins for a box that waits its turn; nil for every other.
    public var nextTurn: Moment? = nil
    /// Whether it is offered less than its share because its car does not draw it.
    public var isReclaimed = false
    /// The terminals it charges on, or is being switched to.
    public var terminals = PhaseSet.all
    /// Whether it stands still because its phases are being switched.
    public var isSwitching = false
}
