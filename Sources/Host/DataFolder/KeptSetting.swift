import Foundation
import Storage

/// A document that has to last, kept as one setting: written when it has changed, and tried again where it could not be.
///
/// That it cannot be written is said once, until it could be: a disk is full for longer than a log is long.
actor KeptSetting {
    private let key: String
    private let what: String
    private let storage: SiteStorage
    private let log: HostLog
    private var written: Data?
    private var isFailing = false

    /// The setting `key`; `what` names its contents for people.
    init(_ key: String, of what: String, storage: SiteStorage, log: HostLog) {
        self.key = key
        self.what = what
        self.storage = storage
        self.log = log
    }

    /// What was kept; nil where there is nothing, or it cannot be read any more, which is said.
    func load<Document: Decodable & Sendable>(_ type: Document.Type) async -> Document? {
        do {
            guard let text = try await storage.setting(key) else { return nil }
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            log.write(.error, "what was known of \(what) cannot be read any more: \(error)")
            return nil
        }
    }

    /// Writes it where it is another one than was written last.
    func keep(_ document: some Encodable & Sendable) async {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let data = try? encoder.encode(document), data != written else { return }
        do {
            try await storage.setSetting(key, to: String(decoding: data, as: UTF8.self))
            written = data
            isFailing = false
        } catch {
            if !isFailing { log.write(.error, "what is known of \(what) cannot be stored: \(error)") }
            isFailing = true
        }
    }
}
