/// The status of a connector or of the station, and what the backend knows of it.
struct TrackedStatus: Sendable {
    /// What a StatusNotification says.
    struct Value: Sendable, Hashable {
        var status: ChargePointStatus
        var errorCode = ChargePointErrorCode.noError
        var info: String?
        var vendorErrorCode: String?
    }

    private(set) var current: Value
    private(set) var since: Timestamp
    private(set) var changedAt: Duration
    /// What the backend was told last; nil if it was told nothing, or it is not sure that it came.
    var sent: Value?

    init(_ value: Value, at now: Timestamp, _ elapsed: Duration) {
        current = value
        since = now
        changedAt = elapsed
    }

    mutating func update(_ value: Value, at now: Timestamp, _ elapsed: Duration) {
        guard value != current else { return }
        current = value
        since = now
        changedAt = elapsed
    }

    /// When the status has lasted long enough to be sent; nil if the backend knows it (key MinimumStatusDuration).
    func due(minimum: Duration) -> Duration? {
        if sent == current { return nil }
        return sent == nil ? changedAt : changedAt + minimum
    }
}
