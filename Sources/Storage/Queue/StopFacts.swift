/// What a StopTransaction.req has to say.
public struct StopFacts: Hashable, Sendable {
    /// The local id of the transaction; nil when the stop belongs to none.
    public let transaction: Int?
    /// When it ended.
    public let at: WallTime
    /// The meter in Wh, never below the last value of the transaction; 0 for a stop without one and without a meter.
    public let meterStop: Int
}
