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

    /// What came of a question for a file that may be known.
    struct Fetched: Sendable {
        /// The bytes; nil where it is the file that is known.
        var bytes: [UInt8]?
        /// The server's ETag; nil where it gives none.
        var tag: String?
    }

    /// The bytes at a URL or path. Throws ``TrustProblem/notFetched(_:_:)``.
    public func fetch(_ place: String, atMost limit: Int) async throws(TrustProblem) -> [UInt8] {
        guard let bytes = try await fetch(place, atMost: limit, unless: nil).bytes else {
            throw .notFetched(place, "the server sent nothing")
        }
        return bytes
    }

    /// The bytes at a URL or path, unless they are those of the ETag `tag`. Throws ``TrustProblem/notFetched(_:_:)``.
    func fetch(_ place: String, atMost limit: Int, unless tag: String?) async throws(TrustProblem) -> Fetched {
        guard TrustFetcher.isURL(place) else {
            return Fetched(bytes: try TrustFetcher.read(place, limit, shown: place))
        }
        guard let location = TransferLocation(place), [.http, .https].contains(location.scheme) else {
            throw .notFetched(place, "only http, https and paths are taken")
        }
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        var rules = rules
        rules.sizeLimit = limit
        let answer: FetchedFile
        do throws(TransferError) {
            answer = try await FileTransfer(rules).fetch(location, to: path, unless: tag)
        } catch {
            unlink(path + ".part")
            throw .notFetched(location.description, error.description)
        }
        guard case .fetched(let new) = answer else { return Fetched(tag: tag) }
        let bytes = Result { () throws(TrustProblem) in
            try TrustFetcher.read(path, limit, shown: location.description)
        }
        unlink(path)
        return Fetched(bytes: try bytes.get(), tag: new)
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
