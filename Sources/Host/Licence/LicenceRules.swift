import Foundation
import Licensing

/// What licences are judged by: the vendor's keys, and which profiles are the vendor's own.
public struct LicenceRules: Sendable {
    let keys: VendorKeys
    let ownProfiles: FirstPartyList
    let wall: @Sendable () -> Int64

    /// Rules; `wall` gives seconds since 1970.
    public init(
        keys: VendorKeys, ownProfiles: FirstPartyList,
        wall: @escaping @Sendable () -> Int64 = { Int64(WallClock.seconds) }
    ) {
        self.keys = keys
        self.ownProfiles = ownProfiles
        self.wall = wall
    }

    /// The rules of this program: the keys it was built with, and the list beside its profiles.
    public static func builtIn(_ library: ProfileLibrary) -> LicenceRules {
        let keys = VendorKeys.builtIn
        let bytes = library.ownFolder.flatMap { FileManager.default.contents(atPath: $0 + "/" + listFile) }
        return LicenceRules(
            keys: keys, ownProfiles: bytes.flatMap { FirstPartyList(Array($0), keys: keys) } ?? .empty)
    }

    /// The name of the list in the folder of the library.
    public static let listFile = "first-party.list"
}

extension ProfileLibrary {
    /// The folder that came with the program; nil where none was found.
    public var ownFolder: String? { hasOwnFolder ? folders.last : nil }
}
