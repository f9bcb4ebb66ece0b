/// What charging profiles come to, until it may change.
struct LimitState: Sendable {
    /// Of every connector, in A per phase, with the phases if they are limited.
    var connectors: [Int: (current: Tenths, phases: Int?)] = [:]
    /// Of all boxes together; nil without a ChargePointMaxProfile.
    var site: Tenths?
    /// What the host was told of `site`.
    var toldSite: Tenths?
    /// When it may change; nil for never.
    var until: Timestamp?
    /// Whether something has changed that it depends on.
    var isStale = true
}
