/// What an operator changed in the stored OCPP transactions and keys, beside the station that runs.
enum OCPPBookChange: Hashable, Sendable {
    /// Messages are back in a queue: it may have something to send.
    case requeued
    /// A transaction was ended for a box that does not come back; its queue has something to send.
    case closed(transaction: Int, connector: Int)
    /// What this site logs in with has changed; nil: it was removed.
    case authorizationKey(String?)
    /// What a slave must show has changed.
    case slaveKey(chargePoint: String)
}
