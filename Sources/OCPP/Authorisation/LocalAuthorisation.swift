/// What a station says of a card on its own, before or instead of asking the backend (OCPP 1.6, 3.5).
public struct LocalAuthorisation: Sendable {
    /// What to do with a card.
    public enum Verdict: Sendable, Equatable {
        /// It may charge. Without facts it is an unknown card that the station takes while the backend is away.
        case accepted(IdTagInfo?)
        /// It may not charge.
        case refused(AuthorizationStatus)
        /// The backend must be asked.
        case askBackend
    }

    /// Key LocalPreAuthorize.
    public var preAuthorizes: Bool
    /// Key LocalAuthorizeOffline.
    public var authorizesOffline: Bool
    /// Key AllowOfflineTxForUnknownId.
    public var allowsUnknownOffline: Bool
    /// The list; nil if LocalAuthListEnabled is false.
    public var list: LocalList?
    /// The cache; nil if AuthorizationCacheEnabled is false.
    public var cache: AuthorisationCache?

    /// The rules of the keys, and the cards known.
    public init(keys: ConfigurationKeys, list: LocalList, cache: AuthorisationCache) {
        preAuthorizes = keys.isOn("LocalPreAuthorize")
        authorizesOffline = keys.isOn("LocalAuthorizeOffline")
        allowsUnknownOffline = keys.isOn("AllowOfflineTxForUnknownId")
        self.list = keys.isOn("LocalAuthListEnabled") ? list : nil
        self.cache = keys.isOn("AuthorizationCacheEnabled") ? cache : nil
    }

    /// What is known of a card: the list goes before the cache, and what has expired is Expired.
    public func known(_ idTag: String, at now: Timestamp) -> IdTagInfo? {
        guard var info = list?.entry(idTag) ?? cache?.entry(idTag) else { return nil }
        if info.status == .accepted, let end = info.expiryDate, end <= now { info.status = .expired }
        return info
    }

    /// What to do with a card.
    ///
    /// Online a card is taken without asking only if the station pre-authorises and knows it as Accepted. Offline a card that
    /// is known as anything else is never taken; an unknown one only if the station is set to.
    public func verdict(_ idTag: String, isOnline: Bool, at now: Timestamp) -> Verdict {
        let info = known(idTag, at: now)
        if isOnline {
            guard preAuthorizes, let info, info.status == .accepted else { return .askBackend }
            return .accepted(info)
        }
        if let info {
            guard info.status == .accepted else { return .refused(info.status) }
            if authorizesOffline { return .accepted(info) }
        }
        return allowsUnknownOffline ? .accepted(info) : .refused(.invalid)
    }
}
