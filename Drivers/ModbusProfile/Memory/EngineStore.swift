import DeviceProfiles
import DriverAPI
import FoundationEssentials
import ReadPlanning

/// The keys under which an engine keeps what must survive a restart.
struct EngineStore: Sendable {
    private let store: any DriverStore

    /// Wraps the store of one device.
    init(_ store: any DriverStore) { self.store = store }

    /// The charge value told last that was acknowledged and verified; 0 for off.
    func told() async -> Exact? { await store.value("told").flatMap { Exact(text: $0) } }
    /// Stores the value told.
    func setTold(_ value: Exact) async throws(DriverError) { try await store.set("told", to: value.description) }

    /// The last value told that was not off.
    func lastOn() async -> Exact? { await store.value("last-on").flatMap { Exact(text: $0) } }
    /// Stores the last value told that was not off.
    func setLastOn(_ value: Exact) async throws(DriverError) {
        try await store.set("last-on", to: value.description)
    }

    /// The accepted identity: vendor, model, serial, firmware, as far as known.
    func identity() async -> [String: String] {
        var result: [String: String] = [:]
        for name in EngineStore.identityNames {
            if let value = await store.value("identity." + name) { result[name] = value }
        }
        return result
    }
    /// Stores an accepted identity.
    func setIdentity(_ identity: [String: String]) async throws(DriverError) {
        for name in EngineStore.identityNames { try await store.set("identity." + name, to: identity[name]) }
    }
    /// The facts and points that make an identity.
    static let identityNames = ["vendor", "model", "serial", "firmware", "hardware"]

    /// The writes counted for a point.
    func wear(of point: String) async -> String? { await store.value("wear." + point) }
    /// Stores the writes counted for a point.
    func setWear(of point: String, to text: String) async throws(DriverError) {
        try await store.set("wear." + point, to: text)
    }

    /// What was learned about this device under this profile and firmware; nothing for another one.
    func learned(_ profile: DeviceProfile, identity: [String: String]) async -> LearnedMap {
        guard let text = await store.value("learned"),
            let stored = try? JSONDecoder().decode(Learned.self, from: Data(text.utf8)),
            stored.key == Learned.key(profile, identity)
        else { return LearnedMap() }
        return stored.map
    }
    /// Stores what was learned.
    func setLearned(
        _ map: LearnedMap, _ profile: DeviceProfile, identity: [String: String]
    ) async throws(DriverError) {
        let stored = Learned(key: Learned.key(profile, identity), map: map)
        let text = (try? JSONEncoder().encode(stored)).map { String(decoding: $0, as: UTF8.self) }
        try await store.set("learned", to: text)
    }

    private struct Learned: Codable {
        var key: LearnedMap.Key
        var map: LearnedMap

        static func key(_ profile: DeviceProfile, _ identity: [String: String]) -> LearnedMap.Key {
            LearnedMap.Key(
                profile: profile.id, version: profile.versionText,
                identity: ["vendor", "model", "serial"].map { identity[$0] ?? "" }.joined(separator: "|"),
                firmware: identity["firmware"] ?? "")
        }
    }
}
