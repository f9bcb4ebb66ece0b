/// A transaction that has begun and not ended, with its start on the disk.
public struct OpenTransaction: Sendable, Hashable {
    /// The id that the queue gave it.
    public let id: Int
    /// The connector.
    public let connector: Int
    /// The tag that started it.
    public let idTag: String
    /// The group that the tag belongs to; nil if it has none or it is not known.
    public var parentIdTag: String?
    /// When it began, as the backend is told.
    public var start: Timestamp
    /// The meter at the start, in Wh.
    public let meterStart: Int
    /// The last meter value, in Wh.
    public var meterLast: Int
    /// When that was.
    public var meterAt: Timestamp
    /// The id that the backend gave; nil until its answer has come.
    public var backendID: Int?

    /// A transaction.
    public init(
        id: Int, connector: Int, idTag: String, parentIdTag: String? = nil, start: Timestamp, meterStart: Int,
        meterLast: Int? = nil, meterAt: Timestamp? = nil, backendID: Int? = nil
    ) {
        self.id = id
        self.connector = connector
        self.idTag = idTag
        self.parentIdTag = parentIdTag
        self.start = start
        self.meterStart = meterStart
        self.meterLast = max(meterLast ?? meterStart, meterStart)
        self.meterAt = max(meterAt ?? start, start)
        self.backendID = backendID
    }
}
