/// The end of a transaction, as a box reported it or the host decided it.
public struct TransactionStop: Sendable {
    /// The box's id in the site file.
    public let box: String
    /// The connector the backend sees.
    public let connector: Int
    /// The local id the box names; -1 and ids that are not known mean the open transaction of the connector.
    public let transaction: Int
    /// When it ended, as reported; a repeat has the same.
    public let at: WallTime
    /// The meter at that moment in Wh; nil takes the last value stored.
    public let meterStop: Int?
    /// The reason (OCPP 1.6, 7.36), nil for Local.
    public let reason: String?
    /// Makes the StopTransaction.req for what was decided.
    public let payload: @Sendable (StopFacts) -> [UInt8]

    /// A stop whose message is made when its facts are known.
    public init(
        box: String, connector: Int, transaction: Int, at: WallTime, meterStop: Int?, reason: String?,
        payload: @escaping @Sendable (StopFacts) -> [UInt8]
    ) {
        self.box = box
        self.connector = connector
        self.transaction = transaction
        self.at = at
        self.meterStop = meterStop
        self.reason = reason
        self.payload = payload
    }
}
