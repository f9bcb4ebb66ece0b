import Foundation
import Licensing
import Synchronization

@testable import Host

/// A vendor, and a wall clock that is set by hand.
final class LicenceWorld: Sendable {
    let key: SigningKey
    private let seconds = Mutex<Int64>(1_795_262_400)

    init() throws {
        guard let key = SigningKey() else { throw CocoaError(.featureUnsupported) }
        self.key = key
    }

    var rules: LicenceRules {
        LicenceRules(keys: VendorKeys([key.publicKey]), ownProfiles: .empty) { [self] in seconds.withLock { $0 } }
    }

    var today: Day { Day(seconds: seconds.withLock { $0 }) }

    func pass(days: Int) { seconds.withLock { $0 += Int64(days) * 86_400 } }

    func file(_ points: Int, id: String = "1", host: PublicKey? = nil, ends: Int? = nil) -> [UInt8] {
        let licence = Licence(
            id: id, licensee: "Garage", chargePoints: points, host: host, issued: today,
            ends: ends.map { today.advanced(by: $0) })
        return Array(LicenceFile.text(licence, signedBy: key).utf8)
    }
}
