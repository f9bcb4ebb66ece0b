import LoadManagement

/// Where the bookings of boxes are kept over a restart.
public protocol ToldStore: Sendable {
    /// Stores the bookings by box, in place of older ones; durable when it returned.
    func store(_ bookings: [String: BoxBooking]) async throws
    /// Forgets boxes that are gone.
    func remove(_ boxes: [String]) async throws
    /// All bookings stored.
    func load() async throws -> [String: BoxBooking]
}
