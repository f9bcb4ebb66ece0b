import Foundation
import Storage

/// Keeps what people set by hand.
struct StoredHandSettings: Sendable {
    private static let key = "hand-settings"
    private let storage: SiteStorage
    private let log: HostLog

    init(_ storage: SiteStorage, log: HostLog) {
        self.storage = storage
        self.log = log
    }

    /// What was stored; nothing where that cannot be read, with a line in the log.
    func load() async -> HandSettings {
        do {
            guard let text = try await storage.setting(Self.key) else { return HandSettings() }
            return try JSONDecoder().decode(HandSettings.self, from: Data(text.utf8))
        } catch {
            log.write(.error, "what was set by hand cannot be read any more and counts no longer: \(error)")
            return HandSettings()
        }
    }

    /// Stores the settings; what fails is said in the log, and the host goes on with them until it ends.
    func store(_ settings: HandSettings) async {
        do {
            let text = String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
            try await storage.setSetting(Self.key, to: text)
        } catch {
            log.write(.error, "what was set by hand cannot be stored: \(error)")
        }
    }
}
