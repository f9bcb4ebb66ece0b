import Testing

@testable import Licensing

@Suite struct TrustTests {
    @Test func theVendorsProfilesAreKnownByTheirBytes() throws {
        let brain = Array("id: cfos.power-brain\n".utf8)
        let text = FirstPartyList.text(
            [("cfos.power-brain", brain), ("cfos.s0-meter", Array("x".utf8))], signedBy: Vendor.key)
        let list = try #require(FirstPartyList(Array(text.utf8), keys: Vendor.keys))
        #expect(list.contains("cfos.power-brain", brain))
        #expect(!list.contains("cfos.power-brain", brain + [0x20]))
        #expect(!list.contains("acme.clone", brain))
        #expect(FirstPartyList(Array(text.utf8), keys: VendorKeys([Vendor.key(5).publicKey])) == nil)
    }

    @Test func aListThatWasChangedIsRefusedAsAWhole() {
        let bytes = Array(FirstPartyList.text([("a", [1]), ("b", [2])], signedBy: Vendor.key).utf8)
        #expect(FirstPartyList(bytes, keys: Vendor.keys) != nil)
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 1
            #expect(FirstPartyList(changed, keys: Vendor.keys) == nil)
            #expect(FirstPartyList(Array(bytes[..<place]), keys: Vendor.keys) == nil)
        }
    }

    @Test func aHostProvesToBeAPowerBrainByTheVendorsWordAndItsOwn() {
        let device = Vendor.key(4)
        let random = [UInt8](repeating: 7, count: 32)
        let proof = HostProof(
            host: device.publicKey, certificate: Vendor.key.signature(of: HostProof.statement(of: device.publicKey)),
            answer: device.signature(of: HostProof.challenge(random)))
        #expect(proof.isValid(for: random, keys: Vendor.keys))
        // Replayed to another question, made by another device, or vouched for by nobody.
        #expect(!proof.isValid(for: [UInt8](repeating: 8, count: 32), keys: Vendor.keys))
        #expect(!proof.isValid(for: [], keys: Vendor.keys))
        var stolen = proof
        stolen.answer = Vendor.key(5).signature(of: HostProof.challenge(random))
        #expect(!stolen.isValid(for: random, keys: Vendor.keys))
        var unknown = proof
        unknown.certificate = device.signature(of: HostProof.statement(of: device.publicKey))
        #expect(!unknown.isValid(for: random, keys: Vendor.keys))
    }
}
