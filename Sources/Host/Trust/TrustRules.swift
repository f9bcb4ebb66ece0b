import Foundation
import Licensing
import ProfileTrust

/// What profiles are judged by.
public struct TrustRules: Sendable {
    /// The index that came with the program; nil where there is none.
    let own: StoredIndex?
    let wall: @Sendable () -> Int64

    /// Rules; `library` is the folder of the program's own profiles and `wall` gives seconds since 1970.
    public init(
        library: String?, keys: VendorKeys = .builtIn,
        wall: @escaping @Sendable () -> Int64 = { Int64(WallClock.seconds) }
    ) {
        own = library.map { StoredIndex.own(in: $0, keys: keys) }
        self.wall = wall
    }

    /// The rules of this program.
    public static func builtIn(_ library: ProfileLibrary) -> TrustRules { TrustRules(library: library.ownFolder) }

    /// All indexes that are trusted with a data folder, the program's own first. Throws ``TrustProblem``.
    public func sources(_ folder: TrustFolder?) throws(TrustProblem) -> [TrustSource] {
        let ours = own.flatMap { own in own.read().map { TrustSource(name: own.name, isOwn: true, found: $0) } }
        return [ours].compactMap(\.self) + (try folder?.storedIndexes().map(\.trusted) ?? [])
    }

    /// What all indexes say now, for a command beside the host: nothing is remembered. Throws ``TrustProblem``.
    public func book(_ folder: TrustFolder?) throws(TrustProblem) -> TrustBook {
        TrustBook(try sources(folder), memory: TrustMemory(), inUse: [], now: wall())
    }
}
