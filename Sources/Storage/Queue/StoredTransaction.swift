/// A transaction as it is stored, also after its end.
public struct StoredTransaction: Hashable, Sendable {
    /// The id this host gave; at least 1, never used twice, below 2³¹.
    public let id: Int
    /// To whom its messages go.
    public let backend: Backend
    /// The box's id in the site file.
    public let box: String
    /// The connector the backend sees.
    public let connector: Int
    /// The tag that was taken.
    public let idTag: String
    /// When it began, as the backend is told.
    public let startedAt: WallTime
    /// The meter at the start, in Wh.
    public let meterStart: Int
    /// The last meter value, in Wh.
    public let meterLast: Int
    /// When that was.
    public let meterAt: WallTime
    /// When it ended; nil while it lasts.
    public let stoppedAt: WallTime?
    /// The meter at its end, in Wh.
    public let meterStop: Int?
    /// Why it ended; nil for Local.
    public let stopReason: String?
    /// The id the backend gave; nil until its answer has come.
    public let backendID: Int?
    /// Why the whole transaction is with the undelivered; nil when it is not.
    public let undeliveredReason: String?

    init(_ row: Row) throws(StorageError) {
        id = Int(try row.integer("id"))
        backend = Backend(url: try row.text("backend"), chargePoint: try row.text("charge_point"))
        box = try row.text("box")
        connector = Int(try row.integer("connector"))
        idTag = try row.text("id_tag")
        startedAt = try row.time("started_at")
        meterStart = Int(try row.integer("meter_start"))
        meterLast = Int(try row.integer("meter_last"))
        meterAt = try row.time("meter_at")
        stoppedAt = try row.optionalTime("stopped_at")
        meterStop = try row.optionalInteger("meter_stop")
        stopReason = try row.optionalText("stop_reason")
        backendID = try row.optionalInteger("backend_id")
        undeliveredReason = try row.optionalText("undelivered_reason")
    }
}
