import DeviceProfiles
import Foundation
import Licensing
import ProfileTrust
import YAML

/// Installs profiles into a data folder, brings them up to date, and removes them.
///
/// A profile is put in place as a whole, after it was checked and its tests have passed; what it replaces is kept.
public struct ProfileInstaller: Sendable {
    /// What came of it.
    public struct Outcome: Codable, Sendable, Equatable {
        /// The profile.
        public var profile: String
        /// Its version now.
        public var version: String
        /// The version before; nil where it is new.
        public var before: String?
        /// own, listed or draft.
        public var standing: String
        /// The index that lists it; nil for a draft.
        public var index: String?
        /// Where it is.
        public var file: String
        /// How many of its tests pass.
        public var tests_passed: Int
        /// Whether local edits were merged into it; it is then a draft.
        public var merged: Bool
        /// What is different.
        public var changes: [String]
        /// Where the file it replaced is kept; nil where there was none.
        public var kept: String?
    }

    let folder: TrustFolder
    let library: ProfileLibrary
    let rules: TrustRules
    let fetcher: TrustFetcher

    /// For the data folder of `folder`; `library` has the profiles of the program and those installed.
    public init(
        _ folder: TrustFolder, library: ProfileLibrary, rules: TrustRules, fetcher: TrustFetcher = TrustFetcher()
    ) {
        self.folder = folder
        self.library = library
        self.rules = rules
        self.fetcher = fetcher
    }

    /// Installs a profile from a file or URL, or the newest that an index offers for an id. Throws ``InstallProblem``.
    public func install(_ reference: String) async throws(InstallProblem) -> Outcome {
        let isPlace =
            TrustFetcher.isURL(reference) || reference.contains("/") || reference.hasSuffix(".yaml")
            || reference.hasSuffix(".yml")
        let candidate = isPlace ? try await fetched(reference) : try await offered(reference, isMajorAllowed: true)
        return try await put(candidate)
    }

    /// Installs the newest version of a profile that an index offers; nil where there is none newer. Throws
    /// ``InstallProblem``.
    public func update(_ id: String, isMajorAllowed: Bool) async throws(InstallProblem) -> Outcome? {
        guard try isOutdated(id) != nil else { return nil }
        return try await put(try await offered(id, isMajorAllowed: isMajorAllowed))
    }

    /// Removes an installed profile; the file is kept. Throws ``InstallProblem``.
    public func remove(_ id: String) throws(InstallProblem) -> String {
        guard let bytes = try stored(folder.installed(id)) else { throw .notInstalled(id) }
        let kept = try keep(bytes, id)
        try trust { () throws(TrustProblem) in try folder.pin(id, to: nil) }
        unlink(folder.base(id))
        unlink(folder.installed(id))
        FolderSync.sync(folder.profiles)
        return kept
    }

    /// The version in use and the newer one that an index offers; nil where it is up to date or nobody offers it. Throws
    /// ``InstallProblem``.
    public func isOutdated(_ id: String) throws(InstallProblem) -> (before: String, after: String)? {
        guard let newest = try book().newest(of: id)?.entry.version else { return nil }
        guard let present = version(of: id) else { return nil }
        return SemanticOrder.isBefore(present, newest) ? (present, newest) : nil
    }

    /// What is said of the file of a profile now. Throws ``InstallProblem``.
    public func standing(ofFile path: String) throws(InstallProblem) -> ProfileStanding {
        guard let bytes = try stored(path) else { return .unlisted }
        return try book().standing(of: Digest.sha256(bytes))
    }

    /// The version of a profile that is in use: the installed one, else that of the program.
    public func version(of id: String) -> String? {
        guard let path = try? library.path(of: id) else { return nil }
        return try? library.load(path).document?.profile.versionText
    }

    // MARK: Steps

    func book() throws(InstallProblem) -> TrustBook {
        try trust { () throws(TrustProblem) in try rules.book(folder) }
    }

    private func fetched(_ place: String) async throws(InstallProblem) -> ProfileCandidate {
        let bytes: [UInt8]
        do throws(TrustProblem) {
            bytes = try await fetcher.fetch(place, atMost: TrustFetcher.largestProfile)
        } catch {
            throw .trust(error)
        }
        let candidate = try await ProfileCandidate(bytes, place: place, library: library)
        let book = try book()
        if book.listsOtherBytes(id: candidate.id, version: candidate.version, hash: candidate.hash),
            book.standing(of: candidate.hash) == .unlisted
        {
            throw .otherBytes(candidate.id, candidate.version)
        }
        return candidate
    }

    private func offered(_ id: String, isMajorAllowed: Bool) async throws(InstallProblem) -> ProfileCandidate {
        guard let (name, entry) = try book().newest(of: id), let file = entry.file else { throw .unknown(id) }
        if let present = version(of: id), !isMajorAllowed,
            SemanticOrder.step(from: present, to: entry.version) == .major
        {
            throw .major(id, from: present, to: entry.version)
        }
        let place: String
        if name == StoredIndex.ownName, let own = rules.own {
            place = own.folder + "/" + file
        } else {
            let indexes = try trust { () throws(TrustProblem) in try folder.storedIndexes() }
            guard let source = indexes.first(where: { $0.name == name })?.source else { throw .unknown(id) }
            place = TrustFetcher.place(of: file, beside: source)
        }
        let bytes: [UInt8]
        do throws(TrustProblem) {
            bytes = try await fetcher.fetch(place, atMost: TrustFetcher.largestProfile)
        } catch {
            throw .trust(error)
        }
        guard Digest.sha256(bytes) == entry.hash else { throw .otherBytes(id, entry.version) }
        return try await ProfileCandidate(bytes, place: place, library: library)
    }

    private func put(_ candidate: ProfileCandidate) async throws(InstallProblem) -> Outcome {
        let id = candidate.id
        let pins = try trust { () throws(TrustProblem) in try folder.pins() }
        if let pin = pins[id], pin != candidate.version { throw .pinned(id, to: pin) }
        let book = try book()
        if case .withdrawn(let index, let reason) = book.standing(of: candidate.hash) {
            throw .withdrawn("\(id) \(candidate.version)", index: index, reason: reason)
        }
        let before = try stored(folder.installed(id))
        var present = candidate
        var isMerged = false
        if let before, before != candidate.bytes, try isEdited(before, id, book) {
            present = try await merged(before, candidate)
            isMerged = true
        }
        let old = before.flatMap { ProfileDocument.load($0, file: folder.installed(id)).document }
        var kept: String?
        if let before, before != present.bytes { kept = try keep(before, id) }
        try trust { () throws(TrustProblem) in
            try FileReplacement.put(present.bytes, at: folder.installed(id))
            try FileReplacement.put(candidate.bytes, at: folder.base(id))
        }
        var outcome = Outcome(
            profile: id, version: present.version, before: old?.profile.versionText, standing: "draft", index: nil,
            file: folder.installed(id), tests_passed: present.passed, merged: isMerged,
            changes: old.map { ProfileDifference($0.profile, present.document.profile).lines } ?? [], kept: kept)
        if case .listed(let listing) = book.standing(of: present.hash) {
            outcome.standing = listing.isOwn ? "own" : "listed"
            outcome.index = listing.index
        }
        return outcome
    }

    /// Whether an installed file is another one than came.
    private func isEdited(_ bytes: [UInt8], _ id: String, _ book: TrustBook) throws(InstallProblem) -> Bool {
        if book.standing(of: Digest.sha256(bytes)) != .unlisted { return false }
        return try stored(folder.base(id)) != bytes
    }

    private func merged(_ ours: [UInt8], _ theirs: ProfileCandidate) async throws(InstallProblem) -> ProfileCandidate {
        let id = theirs.id
        let file = folder.installed(id)
        let newFile = "\(folder.kept)/\(id)-\(theirs.version).new.yaml"
        let text = { (bytes: [UInt8]) in String(decoding: bytes, as: UTF8.self) }
        // A file that was put there by hand was made from that of the program, if anything tells.
        var known = try stored(folder.base(id))
        if known == nil { known = try shipped(id) }
        guard let base = known else {
            throw .trust(
                .damaged(folder.base(id), "what \(file) was made from is not known; remove it first, it is kept"))
        }
        let merge: ThreeWayMerge
        do throws(YAMLProblem) {
            merge = try ThreeWayMerge(base: text(base), ours: text(ours), theirs: text(theirs.bytes))
        } catch {
            throw .trust(.damaged(file, "\(error)"))
        }
        guard merge.conflicts.isEmpty else {
            try trust { () throws(TrustProblem) in try FileReplacement.put(theirs.bytes, at: newFile) }
            throw .conflicts(id, file: file, newFile: newFile, merge.conflicts)
        }
        return try await ProfileCandidate(Array(merge.text.utf8), place: file, library: library)
    }

    private func shipped(_ id: String) throws(InstallProblem) -> [UInt8]? {
        guard let path = try? ProfileLibrary(library: library.ownFolder).path(of: id) else { return nil }
        return try stored(path)
    }

    private func keep(_ bytes: [UInt8], _ id: String) throws(InstallProblem) -> String {
        let path = "\(folder.kept)/\(id)-\(Digest.sha256(bytes).prefix(12)).yaml"
        try trust { () throws(TrustProblem) in try FileReplacement.put(bytes, at: path) }
        return path
    }

    private func stored(_ path: String) throws(InstallProblem) -> [UInt8]? {
        try trust { () throws(TrustProblem) in try TrustFolder.bytes(path) }
    }

    private func trust<Result>(_ body: () throws(TrustProblem) -> Result) throws(InstallProblem) -> Result {
        do throws(TrustProblem) { return try body() } catch { throw .trust(error) }
    }
}
