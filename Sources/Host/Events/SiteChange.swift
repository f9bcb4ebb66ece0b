/// One message of the event stream: the whole site, or what is different since the message before.
///
/// A list holds the whole entries that are different; an entry that is not there is as it was.
struct SiteChange: Encodable {
    /// The ids of each list in its order, where entries came, went or moved.
    struct Order: Encodable {
        var circuits: [String]?
        var boxes: [String]?
        var instruments: [String]?

        var isEmpty: Bool { circuits == nil && boxes == nil && instruments == nil }
    }

    let event = "change"
    /// One more than the message before.
    var sequence: UInt64
    var time: String
    var uptime_s: Double
    var name: String?
    var role: String?
    var mode: String?
    var power: PowerBalance?
    var circuits: [SiteStatus.Circuit]?
    var boxes: [SiteStatus.Box]?
    var instruments: [SiteStatus.Instrument]?
    var order: Order?
    var limits: [SiteStatus.Limit]?
    var alarms: [String]?
    var links: [PageLink]?
    var ocpp: OCPPStatus?
    var licence: LicenceStatus?
    var trust: TrustStatus?
    /// The chart's next point.
    var history: HistoryPoint?

    /// What leads from `old` to `new`.
    init(from old: SiteStatus, to new: SiteStatus, sequence: UInt64) {
        self.sequence = sequence
        time = new.time
        uptime_s = new.uptime_s
        name = new.name == old.name ? nil : new.name
        role = new.role == old.role ? nil : new.role
        mode = new.mode == old.mode ? nil : new.mode
        power = new.power == old.power ? nil : new.power
        limits = new.limits == old.limits ? nil : new.limits
        alarms = new.alarms == old.alarms ? nil : new.alarms
        links = new.links == old.links ? nil : new.links ?? []
        ocpp = new.ocpp == old.ocpp ? nil : new.ocpp ?? OCPPStatus()
        licence = new.licence == old.licence ? nil : new.licence
        trust = new.trust == old.trust ? nil : new.trust
        var order = Order()
        (circuits, order.circuits) = Self.difference(old.circuits, new.circuits)
        (boxes, order.boxes) = Self.difference(old.boxes, new.boxes)
        (instruments, order.instruments) = Self.difference(old.instruments, new.instruments)
        self.order = order.isEmpty ? nil : order
    }

    /// Whether it says nothing but the time.
    var isEmpty: Bool {
        name == nil && role == nil && mode == nil && power == nil && circuits == nil && boxes == nil
            && instruments == nil && order == nil && limits == nil && alarms == nil && links == nil && history == nil
            && ocpp == nil && licence == nil && trust == nil
    }

    private static func difference<Entry: Identifiable & Hashable>(
        _ old: [Entry], _ new: [Entry]
    ) -> (changed: [Entry]?, order: [String]?) where Entry.ID == String {
        guard old != new else { return (nil, nil) }
        let before = Dictionary(old.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let changed = new.filter { before[$0.id] != $0 }
        let ids = new.map(\.id)
        return (changed.isEmpty ? nil : changed, ids == old.map(\.id) ? nil : ids)
    }
}

/// The first message of the event stream to every page.
struct SiteSnapshot: Encodable {
    let event = "snapshot"
    var sequence: UInt64
    var site: SiteStatus
}

extension SiteStatus.Circuit: Identifiable {}
extension SiteStatus.Box: Identifiable {}
extension SiteStatus.Instrument: Identifiable {}
