extension Station {
    /// A card was read.
    mutating func takeTag(_ reader: Int?, _ read: String) {
        let idTag = cased(read)
        guard (1...20).contains(idTag.unicodeScalars.count) else {
            refuseTag(reader, idTag, "a tag has 1 to 20 characters")
            return
        }
        guard let number = reader ?? connector(forTag: idTag), let state = connectors[number],
            state.equipment != nil
        else {
            refuseTag(reader, idTag, "no connector is meant: plug the vehicle in first")
            return
        }
        if let mode = freeCharging, mode.needsNoCard { return }
        switch state.phase {
        case .charging(let transaction): takeTag(idTag, number, during: transaction.open)
        case .starting(_, let authorisation, _):
            if isSame(authorisation.idTag, idTag) { return }
            refuseTag(number, idTag, "another tag was first")
        case .authorising(let authorisation), .authorised(let authorisation):
            if isSame(authorisation.idTag, idTag) { return }
            refuseTag(number, idTag, "another tag was first")
        case .stopping: refuseTag(number, idTag, "the transaction before is just being ended")
        case .free: break
        case .idle:
            if let obstacle = obstacle(state) {
                refuseTag(number, idTag, obstacle)
            } else if freeCharging == .anyTag {
                grant(number, Authorisation(idTag, .reader))
            } else {
                authorise(number, Authorisation(idTag, .reader))
            }
        }
    }

    /// The tag that started a transaction ends it, and so does one of its group.
    private mutating func takeTag(_ idTag: String, _ number: Int, during open: OpenTransaction) {
        if isSame(open.idTag, idTag) {
            stop(number, .local, idTag: idTag)
            return
        }
        guard open.parentIdTag != nil else {
            refuseTag(number, idTag, "another tag has started the transaction")
            return
        }
        switch verdict(idTag, isOnline: link.isOnline) {
        case .accepted(let info) where isSame(info?.parentIdTag, open.parentIdTag):
            stop(number, .local, idTag: idTag)
        case .askBackend:
            call(AuthorizeRequest(idTag: idTag), .authoriseStop(connector: number, idTag: idTag), lane: .urgent)
        case .accepted, .refused: refuseTag(number, idTag, "another tag has started the transaction")
        }
    }

    /// The box that a tag at the station's own reader is meant for: the one where it charges, else the one that was
    /// plugged in last and waits for a tag, else the only one that is free.
    private func connector(forTag idTag: String) -> Int? {
        let boxes = connectors.values.filter { $0.equipment != nil }
        if let own = boxes.first(where: { isSame($0.transaction?.idTag, idTag) }) { return own.number }
        let free = boxes.filter { $0.isFree && obstacle($0) == nil }
        let plugged = free.filter(\.isPlugged).max { ($0.pluggedAt ?? .zero) < ($1.pluggedAt ?? .zero) }
        if let plugged { return plugged.number }
        return free.count == 1 ? free.first?.number : nil
    }

    /// A tag with the letters that the key idTagLetterCase says.
    func cased(_ idTag: String) -> String {
        switch keys.integer("idTagLetterCase") {
        case 1: idTag.uppercased()
        case 2: idTag.lowercased()
        default: idTag
        }
    }
}
