import Foundation
import Licensing
import ProfileTrust
import Synchronization

@testable import Host

/// A publisher with a folder of profiles and an index, a host that trusts it, and a wall clock that is set by hand.
final class TrustWorld: Sendable {
    let root: String
    let key: SigningKey
    private let seconds = Mutex<Int64>(1_795_262_400)
    private let serial = Mutex(0)

    init() throws {
        guard let key = SigningKey() else { throw CocoaError(.featureUnsupported) }
        self.key = key
        root = FileManager.default.temporaryDirectory.appendingPathComponent("t-" + UUID().uuidString.prefix(8)).path
        try FileManager.default.createDirectory(atPath: root + "/own", withIntermediateDirectories: true)
        try write("# a box\n", to: "fake.yaml")
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    /// The rules of a program whose own library is the folder `own`, with an index signed by the publisher.
    var rules: TrustRules {
        TrustRules(library: root + "/own", keys: VendorKeys([key.publicKey])) { [self] in seconds.withLock { $0 } }
    }

    func pass(days: Int) { seconds.withLock { $0 += Int64(days) * 86_400 } }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: root + "/" + name))
    }

    func hash(_ name: String = "fake.yaml") -> String {
        Digest.sha256(Array(FileManager.default.contents(atPath: root + "/" + name) ?? Data()))
    }

    /// Publishes a new index in a folder: the profile of the boxes with `trust`, or withdrawn, or nothing.
    func publish(
        _ trust: [Capability: TrustLevel]? = nil, withdrawn: String? = nil, in folder: String = "own",
        serial given: Int? = nil
    ) throws {
        let number =
            given
            ?? serial.withLock { serial in
                serial += 1
                return serial
            }
        let entry = IndexEntry(
            id: "acme.fake", version: "1.0.0", hash: hash(), trust: trust ?? [:], withdrawn: withdrawn)
        let isListed = trust != nil || withdrawn != nil
        let index = ProfileIndex(serial: number, issued: Day(seconds: 1_795_262_400), entries: isListed ? [entry] : [])
        try FileManager.default.createDirectory(atPath: root + "/" + folder, withIntermediateDirectories: true)
        try write(index.text, to: folder + "/index.list")
        try write(
            MinisignSignature.text(of: Array(index.text.utf8), signedBy: key, comment: "test"),
            to: folder + "/index.list.minisig")
    }

    /// Boxes whose profile is the file of this world.
    func boxes(_ names: [String], limit: Int = 200) -> Site {
        var site = site(limit, names)
        site.file = root + "/site.yaml"
        for place in site.devices.indices { site.devices[place].profile = "fake.yaml" }
        return site
    }

    func confirmation(_ device: String? = nil) -> InstallerConfirmation {
        InstallerConfirmation(
            hash: hash(), profile: "acme.fake", device: device, statement: "6 A, 16 A and off seen", by: "Ada",
            time: 1_795_262_400)
    }
}
