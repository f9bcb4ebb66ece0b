/// MeterValues of a transaction.
public struct MeterReadings: Sendable {
    /// The local id of the transaction.
    public let transaction: Int
    /// The energy register in Wh, nil when the message has none.
    public let meter: Int?
    /// When it was read.
    public let at: WallTime
    /// The MeterValues.req as it goes out, but for the transaction id.
    public let payload: [UInt8]

    /// Meter values.
    public init(transaction: Int, meter: Int?, at: WallTime, payload: [UInt8]) {
        self.transaction = transaction
        self.meter = meter
        self.at = at
        self.payload = payload
    }
}
