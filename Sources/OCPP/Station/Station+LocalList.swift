extension Station {
    /// The version that is told: -1 while the list is off, 0 while it is empty (OCPP 1.6, 3.5.3 and 6.24).
    var listVersion: Int {
        guard keys.isOn("LocalAuthListEnabled") else { return -1 }
        return list.count == 0 ? 0 : list.version
    }

    mutating func take(_ request: SendLocalListRequest, id: String) {
        let maximum = (
            list: keys.integer("LocalAuthListMaxLength") ?? 10_000,
            message: keys.integer("SendLocalListMaxLength") ?? 1000
        )
        let status = list.update(request, isEnabled: keys.isOn("LocalAuthListEnabled"), maximum: maximum)
        if status == .accepted { effects.append(.store(.list(list))) }
        answer(id, SendLocalListResponse(status: status))
    }

    mutating func clearCache(_ id: String) {
        guard keys.isOn("AuthorizationCacheEnabled") else {
            answer(id, ClearCacheResponse(status: .rejected))
            return
        }
        cache.clear()
        effects.append(.store(.cacheCleared))
        answer(id, ClearCacheResponse(status: .accepted))
    }
}
