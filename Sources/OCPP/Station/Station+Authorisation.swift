extension Station {
    /// What the station says of a tag on its own.
    func verdict(_ idTag: String, isOnline: Bool) -> LocalAuthorisation.Verdict {
        LocalAuthorisation(keys: keys, list: list, cache: cache).verdict(idTag, isOnline: isOnline, at: now)
    }

    /// Asks whether a tag may charge on a box, here or at the backend.
    mutating func authorise(_ number: Int, _ authorisation: Authorisation) {
        switch verdict(authorisation.idTag, isOnline: link.isOnline) {
        case .accepted(let info):
            var authorisation = authorisation
            authorisation.parentIdTag = info?.parentIdTag
            grant(number, authorisation)
        case .refused(let status): deny(number, authorisation, status.rawValue)
        case .askBackend:
            connectors[number]?.phase = .authorising(authorisation)
            let idTag = authorisation.idTag
            call(AuthorizeRequest(idTag: idTag), .authorise(connector: number, idTag: idTag), lane: .urgent)
        }
    }

    mutating func authoriseEnded(_ number: Int, _ idTag: String, _ outcome: Outcome) {
        let verdict = verdict(idTag, outcome)
        guard case .authorising(var authorisation)? = connectors[number]?.phase, authorisation.idTag == idTag
        else { return }
        switch verdict {
        case .accepted(let info):
            authorisation.parentIdTag = info?.parentIdTag
            grant(number, authorisation)
        case .refused(let status): deny(number, authorisation, status.rawValue)
        case .askBackend: deny(number, authorisation, "the backend could not say")
        }
    }

    /// A tag of the same group may end a transaction (OCPP 1.6, 3.6).
    mutating func authoriseStopEnded(_ number: Int, _ idTag: String, _ outcome: Outcome) {
        guard case .charging(let transaction)? = connectors[number]?.phase else { return }
        if case .accepted(let info) = verdict(idTag, outcome),
            isSame(info?.parentIdTag, transaction.open.parentIdTag)
        {
            stop(number, .local, idTag: idTag)
        } else {
            refuseTag(number, idTag, "another tag has started the transaction")
        }
    }

    /// What the backend's answer to an Authorize comes to; without an answer the station is offline.
    func verdict(_ idTag: String, answer outcome: Outcome) -> (LocalAuthorisation.Verdict, IdTagInfo?) {
        switch outcome {
        case .answered:
            guard case .success(let response)? = outcome.response(to: AuthorizeRequest.self) else {
                return (.refused(.invalid), nil)
            }
            let info = response.idTagInfo
            return (info.status == .accepted ? .accepted(info) : .refused(info.status), info)
        case .refused: return (.refused(.invalid), nil)
        case .timedOut, .closed: return (verdict(idTag, isOnline: false), nil)
        }
    }

    private mutating func verdict(_ idTag: String, _ outcome: Outcome) -> LocalAuthorisation.Verdict {
        let (verdict, info) = verdict(idTag, answer: outcome)
        if let info { remember(idTag, info) }
        return verdict
    }

    /// A tag may charge unless somebody else has reserved the connector.
    mutating func grant(_ number: Int, _ authorisation: Authorisation) {
        var authorisation = authorisation
        let use = reservations.use(
            connector: number, idTag: authorisation.idTag, parentIdTag: authorisation.parentIdTag,
            statuses: statuses)
        switch use {
        case .refused:
            deny(number, authorisation, "the connector is reserved")
            return
        case .reserved(let id): authorisation.reservation = id
        case .free: break
        }
        let timeout = keys.integer("ConnectionTimeOut") ?? 60
        authorisation.deadline = timeout > 0 && authorisation.origin != .free ? time.elapsed + .seconds(timeout) : nil
        connectors[number]?.phase = .authorised(authorisation)
        effects.append(.notice(.tagAccepted(connector: number, idTag: authorisation.idTag)))
    }

    private mutating func deny(_ number: Int, _ authorisation: Authorisation, _ reason: String) {
        connectors[number]?.phase = .idle
        connectors[number]?.freeRetryAt = time.elapsed + Station.freeRetry
        refuseTag(number, authorisation.idTag, reason)
    }

    mutating func refuseTag(_ number: Int?, _ idTag: String, _ reason: String) {
        effects.append(.notice(.tagRefused(connector: number, idTag: idTag, reason: reason)))
    }

    /// Takes what the backend says of a tag; one that the list knows otherwise is a conflict (OCPP 1.6, 3.5.3).
    mutating func remember(_ idTag: String, _ info: IdTagInfo) {
        // That it charges elsewhere just now says nothing about the tag.
        guard info.status != .concurrentTx else { return }
        if keys.isOn("LocalAuthListEnabled"), let listed = list.entry(idTag) {
            if listed.status == .accepted, info.status != .accepted, link.isOnline {
                call(
                    StatusNotificationRequest(
                        connectorId: 0, errorCode: .localListConflict, status: stationStatus.current.status,
                        timestamp: now))
            }
            return
        }
        guard keys.isOn("AuthorizationCacheEnabled") else { return }
        cache.remember(idTag, info, at: now)
        effects.append(.store(.cached(.init(idTag: idTag, info: info, updatedAt: now))))
    }

    func isSame(_ one: String?, _ other: String?) -> Bool {
        guard let one, let other else { return false }
        return one.lowercased() == other.lowercased()
    }

    /// The statuses of all connectors from 1 on.
    var statuses: [Int: ChargePointStatus] { connectors.mapValues(\.tracked.current.status) }
}
