import OCPP

/// What only the site can answer about its slaves; the host implements it.
///
/// The calls of one slave come one after the other in the order the slave made them, those of different slaves at once.
/// None may call back into the hub and wait for the same slave.
public protocol SlaveUplink: Sendable {
    /// What is known of a ChargePointID; nil for one that neither the site file nor an earlier pairing names.
    func known(_ slave: ChargePointID) async -> KnownSlave?

    /// Remembers a slave that came while pairing was open. Throws ``UplinkFailure``; then it is turned away.
    func remember(_ slave: ChargePointID) async throws(UplinkFailure)

    /// Whether a card may charge, by local list, cache and backend. Always answers: when nobody can be asked, by the
    /// offline rules.
    func authorize(_ idTag: String, of slave: ChargePointID) async -> IdTagInfo

    /// Makes the beginning of a transaction durable. It is on the disk when this returns; a repeat (same connector,
    /// timestamp, idTag, meterStart) gives the same id. Throws ``UplinkFailure``; then the slave gets a CALLERROR and
    /// repeats the message. A backend that is away is no failure.
    func start(
        _ request: StartTransactionRequest, at place: SlaveConnector
    ) async throws(UplinkFailure) -> StartedTransaction

    /// Makes the end of a transaction durable, as ``start(_:at:)``. Gives what is to be said of the card; nil for nothing.
    ///
    /// `place` is the connector of the transaction as far as the hub knows it (``openTransactions(of:)``); for an id that
    /// is -1 or unknown it is the only connector with an open transaction, else the lowest one mapped in the site. The site
    /// may know better, since it also knows transactions that have ended.
    func stop(
        _ request: StopTransactionRequest, at place: SlaveConnector
    ) async throws(UplinkFailure) -> IdTagInfo?

    /// Makes meter values durable that name a transaction, as ``start(_:at:)``. Values that lie closer together than the
    /// backend wants need not be stored.
    func meterValues(_ request: MeterValuesRequest, at place: SlaveConnector) async throws(UplinkFailure)

    /// The local ids of the slave's transactions that have no end, by connector; asked after every connect.
    func openTransactions(of slave: ChargePointID) async -> [Int: Int]

    /// The answer to a DataTransfer of the slave.
    func transfer(_ request: DataTransferRequest, from slave: ChargePointID) async -> DataTransferResponse

    /// Whether the backend takes the slave's request for a certificate.
    func sign(_ request: SignCertificateRequest, from slave: ChargePointID) async -> SignCertificateResponse

    /// Something happened that needs no answer; in order for each slave.
    func happened(_ event: SlaveEvent, at slave: ChargePointID) async
}

/// A slave the site knows.
public struct KnownSlave: Hashable, Sendable {
    /// The key both sides were given: password of Basic authentication, key of the hello; nil for none.
    public var key: [UInt8]?
    /// Whether it is configured; a slave that is not gets its boot answered with Pending and charges nothing.
    public var isConfigured: Bool

    /// Makes a slave.
    public init(key: [UInt8]? = nil, isConfigured: Bool = true) {
        self.key = key
        self.isConfigured = isConfigured
    }
}

/// A transaction that is on the disk.
public struct StartedTransaction: Equatable, Sendable {
    /// The local id, at least 1.
    public var id: Int
    /// What is to be said of the card now.
    public var idTagInfo: IdTagInfo

    /// Makes a transaction.
    public init(id: Int, idTagInfo: IdTagInfo) {
        self.id = id
        self.idTagInfo = idTagInfo
    }
}

/// Why the site could not do what a slave needs; the slave gets the sentence as a CALLERROR and tries again.
public struct UplinkFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What happened, for people.
    public var description: String

    /// Makes a failure.
    public init(_ description: String) { self.description = description }
}
