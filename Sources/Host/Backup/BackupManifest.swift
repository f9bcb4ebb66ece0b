import Foundation

/// What a backup holds: its last entry, so that one that was cut short has none.
struct BackupManifest: Codable, Hashable {
    /// Its name in the archive.
    static let name = "chargehost-backup.json"
    /// The format of the archive; it grows only when an older version could not put it back.
    static let format = 1

    /// One file.
    struct Entry: Codable, Hashable {
        var name: String
        var bytes: Int
        /// CRC-32 of the content.
        var crc32: UInt32
    }

    var format = BackupManifest.format
    /// The version that made it.
    var chargehost = HostVersion.chargehost
    /// When, in UTC.
    var made_at: String
    /// The name of the site file's own file; nil for a backup without.
    var site_file: String?
    /// In the order of the archive.
    var files: [Entry]

    /// The document, for people too.
    var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return Array((try? encoder.encode(self)) ?? Data())
    }
}
