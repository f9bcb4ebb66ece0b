import Licensing
import VendorKit

@testable import ProfileTrust

/// What the tests publish.
enum Sample {
    /// A digest that is easily told from others.
    static func hash(_ digit: Character) -> String { String(repeating: digit, count: 64) }

    static func index(_ serial: Int = 1, _ entries: IndexEntry...) -> ProfileIndex {
        ProfileIndex(serial: serial, issued: TestVendor.today, entries: entries)
    }

    static func entry(
        _ id: String = "acme.one", _ version: String = "1.0.0", hash digit: Character = "a",
        trust: [Capability: TrustLevel] = [.reading: .recorded, .limit: .recorded], withdrawn: String? = nil
    ) -> IndexEntry {
        IndexEntry(
            id: id, version: version, hash: hash(digit), file: "\(id).yaml", trust: trust, withdrawn: withdrawn)
    }

    static func book(
        _ sources: [TrustSource], memory: TrustMemory = TrustMemory(), inUse: Set<String> = [hash("a")], day: Int = 0
    ) -> TrustBook {
        TrustBook(sources, memory: memory, inUse: inUse, now: TestVendor.noon(day))
    }
}
