import DriverAPI
import Storage

/// The store that a device's driver is given, in the site's database.
struct StoredDriverValues: DriverStore {
    private let store: DeviceStore

    init(_ storage: SiteStorage, device: String) { store = storage.store(of: device) }

    func value(_ key: String) async -> String? { try? await store.value(key) }

    func set(_ key: String, to value: String?) async throws(DriverError) {
        do {
            try await store.set(key, to: value)
        } catch {
            throw .storage(error.description)
        }
    }
}
