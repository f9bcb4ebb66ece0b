import Foundation
import Glibc
import ProfileTrust
import Transfer

/// Fetches small files: profiles and indexes, by HTTP, HTTPS or from a path.
public struct TrustFetcher: Sendable {
    /// The largest profile, in bytes.
    public static let largestProfile = 256 * 1024

    private let rules: TransferRules

    /// Fetches; one that does not begin within `patience` has failed.
    public init(patience: Duration = .seconds(15)) {
        rules = TransferRules(
            sizeLimit: ProfileIndex.largest, retries: 0, connectTimeout: patience, stallTimeout: patience)
    }

    /// Whether a place is a URL and no path.
    public static func isURL(_ place: String) -> Bool { place.contains("://") }

    /// The bytes at a URL or path. Throws ``TrustProblem/notFetched(_:_:)``.
    public func fetch(_ place: String, atMost limit: Int) async throws(TrustProblem) -> [UInt8] {
        guard TrustFetcher.isURL(place) else { return try TrustFetcher.read(place, limit, shown: place) }
        guard let location = TransferLocation(place), [.http, .https].contains(location.scheme) else {
            throw .notFetched(place, "only http, https and paths are taken")
        }
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { unlink(path) }
        var rules = rules
        rules.sizeLimit = limit
        do throws(TransferError) {
            try await FileTransfer(rules).fetch(location, to: path)
        } catch {
            unlink(path + ".part")
            throw .notFetched(location.description, error.description)
        }
        return try TrustFetcher.read(path, limit, shown: location.description)
    }

    /// The place of a file beside another one.
    public static func place(of file: String, beside other: String) -> String {
        guard let slash = other.lastIndex(of: "/") else { return file }
        return other[...slash] + file
    }

    private static func read(_ path: String, _ limit: Int, shown: String) throws(TrustProblem) -> [UInt8] {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw .notFetched(shown, errno == ENOENT ? "there is no such file" : String(cString: strerror(errno)))
        }
        defer { try? file.close() }
        do {
            let bytes = Array(try file.read(upToCount: limit + 1) ?? Data())
            guard bytes.count <= limit else { throw TrustProblem.notFetched(shown, "it is larger than \(limit) bytes") }
            return bytes
        } catch let problem as TrustProblem {
            throw problem
        } catch {
            throw .notFetched(shown, error.localizedDescription)
        }
    }
}
