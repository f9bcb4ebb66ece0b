import Testing
import VendorKit

@testable import Licensing

@Suite struct TrustTests {
    private let vendor: TestVendor

    init() throws { vendor = try TestVendor() }

    @Test func theVendorsProfilesAreKnownByTheirBytes() throws {
        let brain = Array("id: cfos.power-brain\n".utf8)
        let text = FirstPartyList.text(
            [("cfos.power-brain", brain), ("cfos.s0-meter", Array("x".utf8))], signedBy: vendor.key)
        let list = try #require(FirstPartyList(Array(text.utf8), keys: vendor.keys))
        #expect(list.contains("cfos.power-brain", brain))
        #expect(!list.contains("cfos.power-brain", brain + [0x20]))
        #expect(!list.contains("acme.clone", brain))
        #expect(try FirstPartyList(Array(text.utf8), keys: VendorKeys([TestVendor.key(5).publicKey])) == nil)
    }

    @Test func aListThatWasChangedIsRefusedAsAWhole() {
        let bytes = Array(FirstPartyList.text([("a", [1]), ("b", [2])], signedBy: vendor.key).utf8)
        #expect(FirstPartyList(bytes, keys: vendor.keys) != nil)
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 1
            #expect(FirstPartyList(changed, keys: vendor.keys) == nil)
            #expect(FirstPartyList(Array(bytes[..<place]), keys: vendor.keys) == nil)
        }
    }
}
