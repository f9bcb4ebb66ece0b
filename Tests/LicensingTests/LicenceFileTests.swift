import Testing
import VendorKit

@testable import Licensing

@Suite struct LicenceFileTests {
    private let vendor: TestVendor

    init() throws { vendor = try TestVendor() }

    @Test func dayIsWrittenAsInISO8601() {
        #expect(Day(seconds: 0).description == "1970-01-01")
        #expect(TestVendor.today.description == "2026-11-21")
        #expect(Day("2028-02-29")?.number == 21_243)
        for text in ["2027-02-29", "2026-13-01", "2026-1-1", "20261121", "", "2026-11-21T00:00:00Z"] {
            #expect(Day(text) == nil, "\(text)")
        }
    }

    @Test func whatIsSignedIsReadAgain() throws {
        for licence in [
            TestVendor.licence(), TestVendor.licence(host: vendor.host), TestVendor.licence(ends: 365),
            TestVendor.licence(host: vendor.host, ends: 1),
        ] {
            #expect(try LicenceFile.read(vendor.file(licence), keys: vendor.keys) == licence)
        }
    }

    @Test func theSignatureIsEd25519OfRFC8032() {
        // RFC 8032, 7.1, test 2.
        let seed = Hexadecimal.bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb") ?? []
        let key = SigningKey(seed: seed)
        #expect(
            key?.publicKey.description == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        #expect(
            key.map { Hexadecimal.text($0.signature(of: [0x72])) }
                == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
    }

    @Test func anyChangedByteIsRefused() {
        let bytes = vendor.file(TestVendor.licence(host: vendor.host, ends: 365))
        for place in bytes.indices {
            for change: UInt8 in [1, 0x20, 0x80] {
                var changed = bytes
                changed[place] ^= change
                #expect(throws: LicenceRefusal.self) { try LicenceFile.read(changed, keys: vendor.keys) }
            }
            #expect(throws: LicenceRefusal.self) { try LicenceFile.read(Array(bytes[..<place]), keys: vendor.keys) }
        }
        #expect(throws: LicenceRefusal.edited) { try LicenceFile.read(bytes + [0x0A], keys: vendor.keys) }
    }

    @Test func everyFaultHasItsOwnMessage() throws {
        let text = String(decoding: vendor.file(TestVendor.licence()), as: UTF8.self)
        func refusal(_ text: String, keys: VendorKeys? = nil) -> LicenceRefusal? {
            do {
                _ = try LicenceFile.read(Array(text.utf8), keys: keys ?? vendor.keys)
                return nil
            } catch {
                return error
            }
        }
        #expect(refusal(text.replacing("_points\": 2", with: "_points\": 20")) == .notSigned)
        #expect(refusal(text.replacing("  \"licence\"", with: " \"licence\"")) == .edited)
        #expect(refusal(text.replacing("\"id\"", with: "\"more\": 1, \"id\"")) == .edited)
        #expect(try refusal(text, keys: VendorKeys([TestVendor.key(9).publicKey])) == .notSigned)
        #expect(refusal(text.replacing("licence/1", with: "licence/2")) == .unknownSchema("chargehost-licence/2"))
        #expect(refusal("") == .malformed("it is empty"))
        #expect(refusal(String(text.prefix(100))) == .malformed("it is cut off or no licence at all"))
        #expect(
            refusal(text.replacing("_points\": 2", with: "_points\": 0")) == .malformed("0 charge points cannot be"))
        #expect(refusal(text.replacing("2026-11-20", with: "2026-11-31")) == .malformed("'2026-11-31' is no day"))
        let forged = try LicenceFile.text(TestVendor.licence(points: 100), signedBy: TestVendor.key(7))
        #expect(refusal(forged) == .notSigned)
    }

    @Test func vendorKeysAreOneALine() {
        let key = vendor.key.publicKey
        #expect(VendorKeys(text: "# ours\n\n\(key)  # 2026\n")?.keys == [key])
        #expect(VendorKeys(text: "\(key)\nnonsense\n") == nil)
        #expect(VendorKeys(text: "\(key.description.uppercased())\n") == nil)
    }
}
