import Foundation
import Storage

/// What depends on a site's role, as it is or was in one role.
struct RoleValues: Codable, Hashable, Sendable {
    /// `mode` of the site file; nil where it is left out.
    var mode: String?
    /// The lines of `backend` in `ocpp`; nil for none.
    var backend: String?
    /// The lines of `slaves` in `ocpp`; nil for none.
    var slaves: String?
    /// The stored configuration keys among those that depend on the role.
    var keys: [String: String] = [:]

    /// Configuration keys that depend on the role: who may charge is asked of the master, and free charging follows it.
    static let dependent = [
        "AuthorizationKey", "AuthorizationCacheEnabled", "FreeCharging", "FreeChargingMode", "LocalAuthListEnabled",
        "LocalAuthorizeOffline", "LocalPreAuthorize",
    ]

    /// What a slave has: nothing is authorised without its master.
    static let slaveKeys = [
        "AuthorizationCacheEnabled": "false", "LocalAuthListEnabled": "false", "LocalAuthorizeOffline": "false",
        "LocalPreAuthorize": "false",
    ]

    /// The values in a site file, with the stored keys.
    init(_ text: SiteFileText, keys: [String: String]) throws(SiteFileText.Refusal) {
        mode = try text.scalar("mode")
        backend = try text.raw("backend", in: "ocpp")
        slaves = try text.raw("slaves", in: "ocpp")
        self.keys = keys
    }

    /// The keys of a site that are stored, among those that depend on the role.
    static func keys(_ storage: SiteStorage) async throws(StorageError) -> [String: String] {
        let stored = try await storage.configuration().filter { $0.connector == 0 && dependent.contains($0.key) }
        return Dictionary(stored.map { ($0.key, $0.value) }) { first, _ in first }
    }
}

/// The values of former roles, in the data folder, so that switching back restores them.
struct StoredRoleValues: Sendable {
    private static let prefix = "role-values-"
    let storage: SiteStorage

    /// What counted when the site last had a role; nil if it never had, or if it cannot be read any more.
    func values(_ role: Site.Role) async throws(StorageError) -> RoleValues? {
        guard let text = try await storage.setting(Self.prefix + role.rawValue) else { return nil }
        return try? JSONDecoder().decode(RoleValues.self, from: Data(text.utf8))
    }

    func keep(_ values: RoleValues, for role: Site.Role) async throws(StorageError) {
        guard let text = try? JSONEncoder().encode(values) else { return }
        try await storage.setSetting(Self.prefix + role.rawValue, to: String(decoding: text, as: UTF8.self))
    }

    /// Stores keys, and gives those that are nil their defaults.
    func store(_ keys: [String: String?]) async throws(StorageError) {
        for (key, value) in keys.sorted(by: { $0.key < $1.key }) {
            if let value {
                try await storage.setConfiguration([ConfigurationValue(key: key, value: value)])
            } else {
                try await storage.resetConfiguration(key)
            }
        }
    }
}
