import DeviceProfiles
import Foundation
import Licensing
import ProfileTrust

/// Brings an index up to date with the profiles in a folder, and signs it.
public struct IndexBuilder: Sendable {
    /// The folder of profiles, with the index in it.
    public let folder: String

    /// For the profiles of `folder`.
    public init(_ folder: String) { self.folder = folder }

    /// What came of it.
    public struct Outcome: Codable, Sendable {
        /// The serial it has now.
        public var serial: Int
        /// The profiles that are listed, with their versions.
        public var profiles: [String]
        /// Those that are new or were changed.
        public var changed: [String]
    }

    /// Lists every profile of the folder, with the trust of the version before, and signs the result.
    ///
    /// Whoever publishes writes trust, evidence and withdrawals into the text before. A profile that is changed needs a
    /// new version, unless `replaces` says that the version before was never given to anybody. Throws ``InstallProblem``.
    public func sign(_ key: SigningKey, issued: Day, replaces: Bool = false) throws(InstallProblem) -> Outcome {
        let path = folder + "/" + StoredIndex.file
        var index: ProfileIndex
        do throws(IndexRefusal) {
            index = try present(path) ?? ProfileIndex(serial: 0, issued: issued, entries: [])
        } catch {
            throw .trust(.index(path, error))
        }
        var changed: [String] = []
        let library = ProfileLibrary(local: [folder], library: nil)
        for entry in library.entries() {
            guard let name = try enter(entry.file, &index, replaces) else { continue }
            changed.append(name)
        }
        index.serial += 1
        index.issued = issued
        let bytes = Array(index.text.utf8)
        let signature = MinisignSignature.text(
            of: bytes, signedBy: key, comment: "serial:\(index.serial)\tissued:\(issued)")
        do throws(TrustProblem) {
            try FileReplacement.put(bytes, at: path)
            try FileReplacement.put(Array(signature.utf8), at: path + ".minisig")
        } catch {
            throw .trust(error)
        }
        return Outcome(
            serial: index.serial, profiles: index.entries.map { "\($0.id) \($0.version)" }, changed: changed)
    }

    private func present(_ path: String) throws(IndexRefusal) -> ProfileIndex? {
        let bytes: [UInt8]?
        do throws(TrustProblem) { bytes = try TrustFolder.bytes(path) } catch { throw .unreadable(error.description) }
        return try bytes.map { bytes throws(IndexRefusal) in try ProfileIndex(unsigned: bytes) }
    }

    /// Lists one profile; its id and version where that changed something.
    private func enter(_ file: String, _ index: inout ProfileIndex, _ replaces: Bool) throws(InstallProblem) -> String?
    {
        let bytes: [UInt8]?
        do throws(TrustProblem) { bytes = try TrustFolder.bytes(file) } catch { throw .trust(error) }
        guard let bytes else { return nil }
        let load = ProfileDocument.load(bytes, file: file)
        let errors = load.diagnostics.filter { $0.severity == .error }
        guard let profile = load.document?.profile, errors.isEmpty else { throw .errors(file, errors) }
        let hash = Digest.sha256(bytes)
        let root = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
        let place = file.hasPrefix(root + "/") ? String(file.dropFirst(root.count + 1)) : file
        let name = "\(profile.id) \(profile.versionText)"
        if let at = index.entries.firstIndex(where: { $0.id == profile.id && $0.version == profile.versionText }) {
            if index.entries[at].hash == hash { return nil }
            guard replaces else { throw .otherBytes(profile.id, profile.versionText) }
            index.entries[at].hash = hash
            return name
        }
        let before = index.versions(of: profile.id).first
        var tested: [Capability: TrustLevel] = [.reading: .tested, .limit: .tested]
        if profile.control.phases != nil { tested[.phases] = .tested }
        if profile.control.wakeUp != nil { tested[.wakeUp] = .tested }
        for at in index.entries.indices where index.entries[at].file == place { index.entries[at].file = nil }
        index.entries.append(
            IndexEntry(
                id: profile.id, version: profile.versionText, hash: hash, file: place,
                trust: before.map { $0.trust.mapValues { min($0, .tested) } } ?? tested))
        return name
    }
}
