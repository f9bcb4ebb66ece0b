/// One box that starts because others yield.
struct TurnSwap: Hashable {
    /// The box that has waited.
    var start: String
    /// The boxes that go to the end of the queue, the longest turn first; none if others had already made room.
    var yields: [String]
}
