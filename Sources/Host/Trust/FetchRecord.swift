import Foundation
import ProfileTrust

/// When a list was fetched last, kept beside it.
struct FetchRecord: Codable, Hashable, Sendable {
    /// The file in the folder of the list.
    static let file = "fetched.json"

    /// When, in seconds since 1970.
    var time: Int64
    /// The server's ETag of the list (RFC 9110, 8.8.3); nil where it gives none.
    var tag: String?

    /// The record of a list; nil where it was never fetched, or nothing can be read of it.
    static func of(_ index: StoredIndex) -> FetchRecord? {
        guard let bytes = try? TrustFolder.bytes(index.folder + "/" + file) else { return nil }
        return try? JSONDecoder().decode(FetchRecord.self, from: Data(bytes))
    }

    /// Keeps it. Throws ``TrustProblem``.
    func keep(for index: StoredIndex) throws(TrustProblem) {
        let path = index.folder + "/" + Self.file
        guard let data = try? JSONEncoder().encode(self) else { throw .notStored(path, "it cannot be written") }
        try FileReplacement.put(Array(data), at: path)
    }
}
