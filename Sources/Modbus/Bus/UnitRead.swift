import ReadPlanning

/// One read of a batch, and the unit it asks.
public struct UnitRead: Hashable, Sendable {
    /// What is read.
    public var request: ReadRequest
    /// The unit id.
    public var unit: UInt8

    /// Makes one.
    public init(_ request: ReadRequest, unit: UInt8) {
        self.request = request
        self.unit = unit
    }
}
