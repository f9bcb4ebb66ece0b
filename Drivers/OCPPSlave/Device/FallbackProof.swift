import OCPP

/// What is known of whether the connector really goes over to its fall-back current when it is left alone.
enum FallbackProof: Hashable, Sendable {
    /// Not shown yet.
    case open
    /// Its composite schedule has shown it.
    case shown
    /// Its composite schedule has shown that it does not.
    case denied

    /// What counts after the hold time beside an order: the fall-back once it is shown. Before that never more than what
    /// is told, so that the largest current the connector may follow when it is left alone is the one it was told.
    func second(_ fallback: Tenths, beside told: Tenths) -> Tenths {
        self == .shown ? fallback : min(told, fallback)
    }
}
