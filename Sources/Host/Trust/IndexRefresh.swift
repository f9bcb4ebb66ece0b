import Foundation
import ProfileTrust

/// Adds indexes and fetches newer ones.
public struct IndexRefresh: Sendable {
    let folder: TrustFolder
    let fetcher: TrustFetcher

    /// For the indexes of a data folder.
    public init(_ folder: TrustFolder, fetcher: TrustFetcher = TrustFetcher()) {
        self.folder = folder
        self.fetcher = fetcher
    }

    /// Trusts an index from now on, once it was fetched and found good. Throws ``TrustProblem``.
    public func add(_ name: String, source: String, key: MinisignKey) async throws(TrustProblem) -> ProfileIndex {
        let place =
            TrustFetcher.isURL(source) || source.hasPrefix("/")
            ? source : FileManager.default.currentDirectoryPath + "/" + source
        let index = try folder.addIndex(name, source: place, key: key)
        do throws(TrustProblem) {
            return try await refresh(index)
        } catch {
            try? folder.removeIndex(name)
            throw error
        }
    }

    /// Fetches an index and keeps it if it counts and is no older than the one there; `now` is in seconds since 1970.
    ///
    /// With `ifChanged` the server is asked for another one than is there, where it has told them apart before. Throws
    /// ``TrustProblem``.
    public func refresh(
        _ index: StoredIndex, ifChanged: Bool = false, now: Int64 = Int64(WallClock.seconds)
    ) async throws(TrustProblem) -> ProfileIndex {
        guard let source = index.source else { throw .noIndex(index.name, known: []) }
        let present = index.read().flatMap { try? $0.get() }
        let tag = ifChanged && present != nil ? FetchRecord.of(index)?.tag : nil
        let fetched = try await fetcher.fetch(source, atMost: ProfileIndex.largest, unless: tag)
        guard let bytes = fetched.bytes else {
            guard let present else { throw .notFetched(source, "the server has nothing newer, but nothing is here") }
            try FetchRecord(time: now, tag: tag).keep(for: index)
            return present
        }
        let signature = try await fetcher.fetch(source + ".minisig", atMost: MinisignSignature.largest)
        let new: ProfileIndex
        do throws(IndexRefusal) {
            new = try ProfileIndex.read(
                bytes, signature: String(decoding: signature, as: UTF8.self), keys: index.keys, after: present?.serial)
        } catch {
            throw .index("\(index.name) (\(source))", error)
        }
        try folder.store(bytes, signature: signature, of: index)
        try FetchRecord(time: now, tag: fetched.tag).keep(for: index)
        return new
    }
}
