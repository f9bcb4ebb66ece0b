/// One point, or several that must be read together, as the planner sees it.
public struct PlanItem: Hashable, Sendable {
    /// Names of the points that ask for these addresses.
    public var points: [String]
    /// The table.
    public var table: RegisterTable
    /// The unit id, where it is not the device's own.
    public var unit: UInt8?
    /// First address on the wire.
    public var address: Int
    /// Number of addresses.
    public var count: Int
    /// Points with the same name are read in one request; nil for none.
    public var atomic: String?
    /// Whether a request may cut it (text longer than `max_read`, where `whole_points` is false).
    public var divisible: Bool

    /// Makes an item.
    public init(
        points: [String], table: RegisterTable, unit: UInt8? = nil, address: Int, count: Int, atomic: String? = nil,
        divisible: Bool = false
    ) {
        self.points = points
        self.table = table
        self.unit = unit
        self.address = address
        self.count = count
        self.atomic = atomic
        self.divisible = divisible
    }

    /// The addresses it covers.
    public var range: Range<Int> { address..<address + count }
}
