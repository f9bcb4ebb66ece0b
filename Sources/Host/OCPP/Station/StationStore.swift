import Foundation
import OCPP
import Storage

/// Keeps what a station remembers over a restart.
struct StationStore: Sendable {
    private static let securityEvents = "ocpp-security-events"
    private static let bootID = "machine-boot"
    private static let groupPrefix = "ocpp-group-"

    let storage: SiteStorage

    /// What was stored. What cannot be read any more is left out. Throws `StorageError` when the database fails.
    func load() async throws(StorageError) -> StationMemory {
        let settings = try await storage.settings()
        let cached = try await storage.cachedAuthorisations(last: 1000)
        return StationMemory(
            cause: try await cause(settings), keys: try await keys(),
            inoperative: try await storage.inoperativeConnectors(),
            list: LocalList(
                version: try await storage.localListVersion(),
                entries: try await storage.localList().compactMap(\.entry)),
            cache: AuthorisationCache(
                entries: cached.compactMap { entry in
                    entry.authorisation.info.map {
                        AuthorisationCache.Entry(
                            idTag: entry.authorisation.idTag, info: $0, updatedAt: Timestamp(entry.usedAt))
                    }
                }),
            reservations: try await storage.reservations().map(ReserveNowRequest.init),
            profiles: try await storage.chargingProfiles().compactMap(\.installed),
            transactions: try await storage.openTransactions().map { OpenTransaction($0, settings: settings) },
            securityEvents: Self.events(settings[Self.securityEvents]))
    }

    /// Stores a change. Throws `StorageError`.
    func store(_ change: StoredChange) async throws(StorageError) {
        switch change {
        case .key(let name, let connector, let value):
            try await storage.setConfiguration([
                ConfigurationValue(connector: connector ?? 0, key: name, value: value)
            ])
        case .keyDefault(let name, let connector):
            try await storage.resetConfiguration(name, connector: connector ?? 0)
        case .inoperative(let connectors): try await storeInoperative(connectors)
        case .list(let list):
            try await storage.replaceLocalList(version: list.version, list.all.compactMap(StoredAuthorisation.init))
        case .cached(let entry):
            try await storage.cacheAuthorisation(
                StoredAuthorisation(entry.idTag, entry.info), at: WallTime(entry.updatedAt))
        case .cacheCleared: try await storage.clearAuthorisationCache()
        case .reservations(let reservations): try await storeReservations(reservations)
        case .profiles(let profiles): try await storeProfiles(profiles)
        case .transaction(let open): try await store(open)
        case .securityEvents(let events):
            let lines = events.map { String(decoding: $0.json.bytes, as: UTF8.self) }
            try await storage.setSetting(
                Self.securityEvents, to: lines.isEmpty ? nil : lines.joined(separator: "\n"))
        }
    }

    /// Forgets what is kept of a transaction besides the transaction itself.
    func ended(_ transaction: Int) async throws(StorageError) {
        try await storage.setSetting(Self.groupPrefix + String(transaction), to: nil)
    }

    static func group(of transaction: Int, _ settings: [String: String]) -> String? {
        settings[groupPrefix + String(transaction)]
    }

    private func keys() async throws(StorageError) -> [String: String] {
        var keys: [String: String] = [:]
        for value in try await storage.configuration() {
            keys[value.connector > 1 ? "\(value.key)_\(value.connector)" : value.key] = value.value
        }
        return keys
    }

    /// A machine that was started since had no power, as far as a transaction is concerned.
    private func cause(_ settings: [String: String]) async throws(StorageError) -> StationMemory.Cause {
        let present = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        guard let present else { return .restart }
        let before = settings[Self.bootID]
        if before != present { try await storage.setSetting(Self.bootID, to: present) }
        return before == nil || before == present ? .restart : .powerLoss
    }

    private func storeInoperative(_ connectors: Set<Int>) async throws(StorageError) {
        let before = try await storage.inoperativeConnectors()
        try await storage.setInoperative(true, connectors: connectors.subtracting(before).sorted())
        try await storage.setInoperative(false, connectors: before.subtracting(connectors).sorted())
    }

    private func storeReservations(_ reservations: [ReserveNowRequest]) async throws(StorageError) {
        let kept = Set(reservations.map(\.reservationId))
        for old in try await storage.reservations() where !kept.contains(old.id) {
            try await storage.removeReservation(old.id)
        }
        for reservation in reservations { try await storage.storeReservation(StoredReservation(reservation)) }
    }

    private func storeProfiles(_ profiles: [InstalledProfile]) async throws(StorageError) {
        let kept = Set(profiles.map(\.profile.chargingProfileId))
        let before = try await storage.chargingProfiles()
        try await storage.removeChargingProfiles(before.map(\.id).filter { !kept.contains($0) })
        for profile in profiles.map(StoredChargingProfile.init) where !before.contains(profile) {
            try await storage.storeChargingProfile(profile)
        }
    }

    private func store(_ open: OpenTransaction) async throws(StorageError) {
        do throws(StorageError) {
            try await storage.recordMeter(open.meterLast, transaction: open.id, at: WallTime(open.meterAt))
        } catch {
            // Meter values on their way through the queue may have brought a later one already.
            guard case .meterBackwards = error else { throw error }
        }
        if let parent = open.parentIdTag {
            try await storage.setSetting(Self.groupPrefix + String(open.id), to: parent)
        }
    }

    private static func events(_ text: String?) -> [SecurityEventNotificationRequest] {
        (text ?? "").split(separator: "\n").compactMap { line in
            guard case .object(let object)? = try? JSONReader().read(Array(line.utf8)) else { return nil }
            return try? SecurityEventNotificationRequest(json: object)
        }
    }
}
