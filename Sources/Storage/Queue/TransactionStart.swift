/// The beginning of a transaction, as a box reported it.
public struct TransactionStart: Sendable {
    /// The box's id in the site file.
    public let box: String
    /// The connector the backend sees, at least 1.
    public let connector: Int
    /// The tag that was taken.
    public let idTag: String
    /// When it began, as reported; a repeat has the same.
    public let at: WallTime
    /// The meter at that moment, in Wh.
    public let meterStart: Int
    /// Makes the StartTransaction.req for the moment it gets. That moment is `at`, or later where another start on the
    /// connector lies less than a second away.
    public let payload: @Sendable (WallTime) -> [UInt8]

    /// A start whose message is made when its moment is known.
    public init(
        box: String, connector: Int, idTag: String, at: WallTime, meterStart: Int,
        payload: @escaping @Sendable (WallTime) -> [UInt8]
    ) {
        self.box = box
        self.connector = connector
        self.idTag = idTag
        self.at = at
        self.meterStart = meterStart
        self.payload = payload
    }
}
