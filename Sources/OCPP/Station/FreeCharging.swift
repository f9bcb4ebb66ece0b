/// What the backend sees of charging without a card (keys FreeCharging and FreeChargingMode).
enum FreeCharging: Int, Sendable {
    /// Nothing.
    case hidden = 0
    /// The status; nobody is asked.
    case status
    /// The status; a card is asked for, without a transaction.
    case statusAuthorised
    /// Transactions of one fixed tag, for which the backend is asked.
    case fixedTagAuthorised
    /// Transactions of one fixed tag; the backend is not asked.
    case fixedTag
    /// Transactions of any tag; the backend is not asked.
    case anyTag

    /// Whether charging begins without a card.
    var needsNoCard: Bool { self != .statusAuthorised && self != .anyTag }
    /// Whether there are transactions.
    var hasTransactions: Bool { rawValue >= FreeCharging.fixedTagAuthorised.rawValue }
}

extension Station {
    /// How charging without a card works now; nil if it is off.
    var freeCharging: FreeCharging? {
        guard keys.isOn("FreeCharging") else { return nil }
        return FreeCharging(rawValue: keys.integer("FreeChargingMode") ?? 4)
    }
}
