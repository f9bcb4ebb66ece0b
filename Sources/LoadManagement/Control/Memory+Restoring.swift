extension Memory {
    /// Goes on from bookings that were stored; everything else is learned anew.
    public init(bookings: [String: BoxBooking]) { self.bookings = BoxTable(bookings) }
}
