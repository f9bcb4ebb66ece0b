/// What became of a message; it is on the disk.
public struct Appended: Hashable, Sendable {
    /// What was done.
    public enum Place: Hashable, Sendable {
        /// It waits for the backend.
        case queued
        /// It is a repeat of one that is or was in the queue; nothing was added.
        case repeated
        /// It cannot be sent as things are and is with the undelivered.
        case undelivered
    }

    /// The local id of its transaction; nil for a stop that belongs to none.
    public let transaction: Int?
    /// What was done.
    public let place: Place

    /// What became of one.
    public init(transaction: Int?, place: Place) {
        self.transaction = transaction
        self.place = place
    }
}
