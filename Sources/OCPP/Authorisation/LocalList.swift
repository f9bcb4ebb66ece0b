/// The local authorisation list (OCPP 1.6, 3.5.3 and 5.15): the cards that the central system sent.
public struct LocalList: Sendable, Equatable {
    /// The version that was sent last; 0 while nothing was.
    public private(set) var version: Int
    private var entries: [String: AuthorizationEntry]

    /// A list as it was stored.
    public init(version: Int = 0, entries: [AuthorizationEntry] = []) {
        self.version = version
        self.entries = Dictionary(entries.map { ($0.idTag.lowercased(), $0) }, uniquingKeysWith: { $1 })
    }

    /// How many cards it holds.
    public var count: Int { entries.count }

    /// All cards, sorted by their ids; to be stored.
    public var all: [AuthorizationEntry] { entries.values.sorted { $0.idTag < $1.idTag } }

    /// What is known of a card; ids are compared without case.
    public func entry(_ idTag: String) -> IdTagInfo? { entries[idTag.lowercased()]?.idTagInfo }

    /// Takes a list or changes to it, all of it or nothing.
    ///
    /// A change that is not newer than the list is a VersionMismatch. Failed: a version below 1 (0 is the empty list, -1 no
    /// list), a card twice, a card of a full list without a status, more cards than are taken.
    ///
    /// - Parameters:
    ///   - isEnabled: the key LocalAuthListEnabled.
    ///   - maximum: the keys LocalAuthListMaxLength and SendLocalListMaxLength.
    public mutating func update(
        _ request: SendLocalListRequest, isEnabled: Bool, maximum: (list: Int, message: Int)
    ) -> UpdateStatus {
        guard isEnabled else { return .notSupported }
        let sent = request.localAuthorizationList ?? []
        guard request.listVersion > 0, sent.count <= maximum.message,
            Set(sent.map { $0.idTag.lowercased() }).count == sent.count
        else { return .failed }
        var changed = request.updateType == .full ? [:] : entries
        switch request.updateType {
        case .full: guard sent.allSatisfy({ $0.idTagInfo != nil }) else { return .failed }
        case .differential: guard request.listVersion > version else { return .versionMismatch }
        }
        for entry in sent { changed[entry.idTag.lowercased()] = entry.idTagInfo == nil ? nil : entry }
        guard changed.count <= maximum.list else { return .failed }
        entries = changed
        version = request.listVersion
        return .accepted
    }
}
