extension OriginRule {
    /// Whether a page of this origin may open a WebSocket or change something at `host`; nil is no page.
    func allows(_ origins: [String], host: String?) -> Bool {
        guard let first = origins.first else { return true }
        guard origins.count == 1 else { return false }
        let origin = Text.lower(first)
        switch self {
        case .any: return true
        case .only(let allowed): return allowed.contains { Text.lower($0) == origin }
        case .sameHost:
            for (scheme, standard) in [("http://", UInt16(80)), ("https://", UInt16(443))]
            where origin.hasPrefix(scheme) {
                guard let host, let page = Authority(origin.dropFirst(scheme.count)), let own = Authority(host) else {
                    return false
                }
                return page.host == own.host && (page.port ?? standard) == (own.port ?? standard)
            }
            return false
        }
    }
}
