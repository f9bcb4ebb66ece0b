import OCPP
import Storage

extension StoredAuthorisation {
    /// As OCPP says it; nil for a status that is none.
    var info: IdTagInfo? {
        AuthorizationStatus(rawValue: status).map {
            IdTagInfo(expiryDate: expiresAt.map { Timestamp($0) }, parentIdTag: parent, status: $0)
        }
    }

    /// As an entry of the local list.
    var entry: AuthorizationEntry? { info.map { AuthorizationEntry(idTag: idTag, idTagInfo: $0) } }

    init(_ idTag: String, _ info: IdTagInfo) {
        self.init(
            idTag: idTag, status: info.status.rawValue, parent: info.parentIdTag,
            expiresAt: info.expiryDate.map { WallTime($0) })
    }

    /// nil for an entry that only removes.
    init?(_ entry: AuthorizationEntry) {
        guard let info = entry.idTagInfo else { return nil }
        self.init(entry.idTag, info)
    }
}

extension ReserveNowRequest {
    init(_ stored: StoredReservation) {
        self.init(
            connectorId: stored.connector, expiryDate: Timestamp(stored.expiresAt), idTag: stored.idTag,
            parentIdTag: stored.parent, reservationId: stored.id)
    }
}

extension StoredReservation {
    init(_ request: ReserveNowRequest) {
        self.init(
            id: request.reservationId, connector: request.connectorId, idTag: request.idTag,
            parent: request.parentIdTag, expiresAt: WallTime(request.expiryDate))
    }
}

extension StoredChargingProfile {
    /// As it came; nil for one that cannot be read any more.
    var installed: InstalledProfile? {
        guard case .object(let object)? = try? JSONReader().read(profile),
            let profile = try? ChargingProfile(json: object)
        else { return nil }
        return InstalledProfile(profile: profile, connector: connector, installedAt: Timestamp(storedAt))
    }

    init(_ installed: InstalledProfile) {
        let profile = installed.profile
        self.init(
            id: profile.chargingProfileId, connector: installed.connector,
            purpose: profile.chargingProfilePurpose.rawValue, stackLevel: profile.stackLevel,
            transaction: profile.transactionId, profile: profile.json.bytes, storedAt: WallTime(installed.installedAt))
    }
}

extension OpenTransaction {
    init(_ stored: StoredTransaction, settings: [String: String]) {
        self.init(
            id: stored.id, connector: stored.connector, idTag: stored.idTag,
            parentIdTag: StationStore.group(of: stored.id, settings), start: Timestamp(stored.startedAt),
            meterStart: stored.meterStart, meterLast: stored.meterLast, meterAt: Timestamp(stored.meterAt),
            backendID: stored.backendID)
    }
}
