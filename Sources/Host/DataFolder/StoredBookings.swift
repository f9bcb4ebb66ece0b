import LoadManagement
import Storage

/// The bookings of boxes in the site's database.
struct StoredBookings: ToldStore {
    private let storage: SiteStorage

    init(_ storage: SiteStorage) { self.storage = storage }

    func store(_ bookings: [String: BoxBooking]) async throws {
        for (box, booking) in bookings.sorted(by: { $0.key < $1.key }) {
            try await storage.storeTold(device: box, encoding: booking)
        }
    }

    func remove(_ boxes: [String]) async throws {
        for box in boxes { try await storage.forgetTold(device: box) }
    }

    /// A state that cannot be read is left out: that box is booked at its rated current, like one never heard of.
    func load() async throws -> [String: BoxBooking] {
        var bookings: [String: BoxBooking] = [:]
        for record in try await storage.toldRecords() {
            bookings[record.device] = try? record.decoded(as: BoxBooking.self)
        }
        return bookings
    }
}
