/// The requests of one round, in the order unit, function, address.
public struct ReadPlan: Hashable, Sendable {
    /// One request and the items that it serves.
    public struct Entry: Hashable, Sendable {
        /// The unit id, where it is not the device's own.
        public var unit: UInt8?
        /// What goes out.
        public var request: ReadRequest
        /// The items inside it.
        public var items: [PlanItem]

        /// Makes an entry.
        public init(unit: UInt8? = nil, request: ReadRequest, items: [PlanItem]) {
            self.unit = unit
            self.request = request
            self.items = items
        }
    }

    /// The requests.
    public var entries: [Entry]
    /// What the line is busy with them, latency included.
    public var time: Duration

    /// Makes a plan.
    public init(entries: [Entry] = [], time: Duration = .zero) {
        self.entries = entries
        self.time = time
    }

    /// The requests alone.
    public var requests: [ReadRequest] { entries.map(\.request) }
}
