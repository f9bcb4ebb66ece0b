import Host
import Storage

/// The site file of a command that works with the data folder.
enum SiteFileChoice {
    /// `--site`, else the one that the host of the folder ran with last. Throws ``UsageError`` where there is none.
    static func file(_ arguments: Arguments, _ books: SiteBooks) async throws -> String {
        if let file = arguments.value("site") { return file }
        if let file = try await last(books) { return file }
        throw UsageError("--site is needed: no host has run on \(books.folder) yet")
    }

    /// The one that the host of the folder ran with last; nil if none did.
    static func last(_ books: SiteBooks) async throws -> String? {
        try await books.read { storage throws(StorageError) in try await storage.setting(Backup.siteFileKey) }
    }
}
