import Foundation
import Glibc
import Licensing
import ProfileTrust

/// What a data folder holds of profiles and of the trust in them.
///
/// `profiles/ID.yaml` are the installed profiles; `trust/base/ID.yaml` the same as they came, to tell what was edited;
/// `trust/indexes/NAME/` an index with its signature, key and source; `trust/confirmed.json` what installers confirmed;
/// `trust/pins.json` which profiles stay as they are.
public struct TrustFolder: Sendable {
    /// The data folder.
    public let data: String

    /// The trust kept in the data folder at `data`.
    public init(data: String) { self.data = data }

    /// Where the installed profiles are; a folder of the library.
    public var profiles: String { data + "/profiles" }
    /// Where replaced and merged files are kept.
    public var kept: String { data + "/trust/kept" }

    var indexes: String { data + "/trust/indexes" }
    var confirmed: String { data + "/trust/confirmed.json" }
    var pinned: String { data + "/trust/pins.json" }

    /// The installed file of a profile, whether it is there or not.
    public func installed(_ id: String) -> String { profiles + "/\(id).yaml" }
    /// The file of an installed profile as it came.
    public func base(_ id: String) -> String { data + "/trust/base/\(id).yaml" }

    /// The bytes of a file; nil where there is none. Throws ``TrustProblem/damaged(_:_:)`` where it cannot be read.
    public static func bytes(_ path: String) throws(TrustProblem) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .damaged(path, String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        do {
            return Array(try FileHandle(fileDescriptor: descriptor, closeOnDealloc: false).readToEnd() ?? Data())
        } catch {
            throw .damaged(path, error.localizedDescription)
        }
    }

    /// What installers confirmed. Throws ``TrustProblem``.
    public func confirmations() throws(TrustProblem) -> [InstallerConfirmation] { try list(confirmed) ?? [] }

    /// Keeps what an installer confirmed, in place of what was said of the same before. Throws ``TrustProblem``.
    public func add(_ confirmation: InstallerConfirmation) throws(TrustProblem) {
        let others = try confirmations().filter {
            $0.hash != confirmation.hash || $0.device != confirmation.device
        }
        try store(others + [confirmation], at: confirmed)
    }

    /// Forgets what was confirmed of a profile or device; whether there was something. Throws ``TrustProblem``.
    public func withdrawConfirmations(of name: String) throws(TrustProblem) -> Bool {
        let all = try confirmations()
        let rest = all.filter { $0.profile != name && $0.device != name }
        guard rest.count < all.count else { return false }
        try store(rest, at: confirmed)
        return true
    }

    /// The profiles that stay as they are: ids with versions. Throws ``TrustProblem``.
    public func pins() throws(TrustProblem) -> [String: String] { try list(pinned) ?? [:] }

    /// Pins a profile to a version, or lets go of it. Throws ``TrustProblem``.
    public func pin(_ id: String, to version: String?) throws(TrustProblem) {
        var pins = try pins()
        pins[id] = version
        try store(pins, at: pinned)
    }

    private func list<Content: Decodable>(_ path: String) throws(TrustProblem) -> Content? {
        guard let bytes = try TrustFolder.bytes(path) else { return nil }
        do { return try JSONDecoder().decode(Content.self, from: Data(bytes)) } catch {
            throw .damaged(path, "it is damaged; put it back from a backup, or remove it and confirm anew")
        }
    }

    private func store(_ content: some Encodable, at path: String) throws(TrustProblem) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let data: Data
        do { data = try encoder.encode(content) } catch { throw .notStored(path, "\(error)") }
        try FileReplacement.put(Array(data) + [0x0A], at: path)
    }
}
