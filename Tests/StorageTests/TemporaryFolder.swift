import Foundation
import Storage

/// A folder that is gone when the test is.
final class TemporaryFolder: Sendable {
    let path: String
    /// The database's path in it.
    var database: String { path + "/site.sqlite" }

    init() throws {
        path = NSTemporaryDirectory() + "chargehost-storage-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The bytes of the main database file.
    func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: database)) }

    /// Copies database and log as they are now, which is what a loss of power would leave.
    func snapshot() throws -> TemporaryFolder {
        let copy = try TemporaryFolder()
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: database + suffix) {
            try FileManager.default.copyItem(atPath: database + suffix, toPath: copy.database + suffix)
        }
        return copy
    }
}

/// 2026-08-01T12:00:00Z (`date -u -d 2026-08-01T12:00:00Z +%s`).
let noon = WallTime(milliseconds: 1_785_585_600_000)
