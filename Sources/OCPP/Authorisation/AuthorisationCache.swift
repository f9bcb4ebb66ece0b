/// The authorisation cache (OCPP 1.6, 3.5.1): what the central system said of the cards that were used last.
public struct AuthorisationCache: Sendable, Equatable {
    /// A card that is remembered.
    public struct Entry: Sendable, Equatable {
        /// The card's id.
        public let idTag: String
        /// What the central system said last.
        public let info: IdTagInfo
        /// When it was said; the card with the oldest word is forgotten first.
        public let updatedAt: Timestamp

        /// A card as it was stored.
        public init(idTag: String, info: IdTagInfo, updatedAt: Timestamp) {
            self.idTag = idTag
            self.info = info
            self.updatedAt = updatedAt
        }
    }

    /// How many cards are remembered.
    public let capacity: Int
    private var entries: [String: Entry] = [:]

    /// A cache as it was stored.
    public init(capacity: Int = 1000, entries: [Entry] = []) {
        self.capacity = max(capacity, 1)
        for entry in entries { remember(entry.idTag, entry.info, at: entry.updatedAt) }
    }

    /// All cards, the one with the oldest word first; to be stored.
    public var all: [Entry] { entries.values.sorted { ($0.updatedAt, $0.idTag) < ($1.updatedAt, $1.idTag) } }

    /// What is known of a card; ids are compared without case.
    public func entry(_ idTag: String) -> IdTagInfo? { entries[idTag.lowercased()]?.info }

    /// Takes what an Authorize, a StartTransaction or a StopTransaction was answered with.
    public mutating func remember(_ idTag: String, _ info: IdTagInfo, at now: Timestamp) {
        let key = idTag.lowercased()
        if entries[key] == nil, entries.count >= capacity, let oldest = all.first {
            entries[oldest.idTag.lowercased()] = nil
        }
        entries[key] = Entry(idTag: idTag, info: info, updatedAt: now)
    }

    /// Forgets all cards (ClearCache).
    public mutating func clear() { entries = [:] }
}
