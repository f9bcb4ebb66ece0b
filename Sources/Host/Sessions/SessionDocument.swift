import Storage

/// One charging session, as programs get it.
public struct SessionDocument: Codable, Hashable, Sendable {
    /// Its number; rises, never used twice.
    public var id: Int
    /// The box's id in the site file.
    public var box: String
    /// Its OCPP connector; nil without OCPP.
    public var connector: Int?
    /// The card; nil where charging is free. Addresses that only read show its last four characters.
    public var card: String?
    /// When it began, in UTC.
    public var start: String
    /// When it ended, in UTC; nil while it lasts.
    public var end: String?
    /// What was charged, in Wh; nil while it lasts.
    public var energy_wh: Int?
    /// Why it ended (OCPP 1.6, 7.36); nil for Local.
    public var reason: String?
    /// The local id of its transaction; nil without OCPP.
    public var transaction: Int?

    init(id: Int, box: String, start: String) {
        self.id = id
        self.box = box
        self.start = start
    }

    /// The session; a card is a credential, so it is only shown in full where `showsCards`.
    public init(_ session: ChargingSession, showsCards: Bool = true) {
        id = Int(session.id)
        box = session.box
        connector = session.connector
        card = session.card.map { showsCards ? $0 : SessionDocument.masked($0) }
        start = "\(session.startedAt)"
        end = session.endedAt.map { "\($0)" }
        energy_wh = session.energy
        reason = session.reason
        transaction = session.transaction
    }

    /// The last four characters behind dots; a card of up to four is dots only.
    static func masked(_ card: String) -> String { "…" + (card.count > 4 ? card.suffix(4) : "") }
}
