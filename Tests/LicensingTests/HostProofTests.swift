import Testing
import VendorKit

@testable import Licensing

@Suite struct HostProofTests {
    private let vendor: TestVendor
    private let device: SigningKey
    private let certificate: HostCertificate
    private let random = [UInt8](repeating: 7, count: 32)

    init() throws {
        vendor = try TestVendor()
        device = try TestVendor.key(4)
        certificate = HostCertificate(of: device.publicKey, signedBy: vendor.key)
    }

    private func proof() throws -> HostProof {
        try #require(HostProof(random, on: "ocpp GARAGE", key: device, certificate: certificate))
    }

    private func refusal(
        _ proof: HostProof, _ random: [UInt8]? = nil, on connection: String = "ocpp GARAGE", keys: VendorKeys? = nil
    ) -> HostProofRefusal? {
        do throws(HostProofRefusal) {
            try proof.check(random ?? self.random, on: connection, keys: keys ?? vendor.keys)
            return nil
        } catch {
            return error
        }
    }

    @Test func aHostProvesToBeAPowerBrainByTheVendorsWordAndItsOwn() throws {
        #expect(refusal(try proof()) == nil)
        #expect(HostProof(text: try proof().text) == (try proof()))
        // RFC 8032 signs these bytes: words that no licence and no index begins with, the connection, and what was asked.
        let signed = Array("chargehost identity\nocpp GARAGE\n".utf8) + random
        #expect(device.publicKey.verifies(try proof().answer, of: signed))
        let words = Array("chargehost power-brain \(device.publicKey)".utf8)
        #expect(vendor.key.publicKey.verifies(certificate.signature, of: words))
    }

    @Test func anAnswerCountsForOneQuestionOnOneConnectionOnly() throws {
        #expect(refusal(try proof(), [UInt8](repeating: 8, count: 32)) == .otherAnswer)
        #expect(refusal(try proof(), on: "ocpp YARD") == .otherAnswer)
        #expect(refusal(try proof(), on: "modbus GARAGE") == .otherAnswer)
        #expect(refusal(try proof(), []) == .otherAnswer)
        #expect(HostProof([1, 2, 3], on: "ocpp GARAGE", key: device, certificate: certificate) == nil)
    }

    @Test func whoIsNotCertifiedProvesNothing() throws {
        let thief = try TestVendor.key(5)
        #expect(HostProof(random, on: "ocpp GARAGE", key: thief, certificate: certificate) == nil)
        // Another's certificate with an own signature; an own certificate; one of another host.
        var stolen = try proof()
        stolen.answer = thief.signature(of: HostProof.challenge(random, on: "ocpp GARAGE"))
        #expect(refusal(stolen) == .otherAnswer)
        let own = HostCertificate(of: thief.publicKey, signedBy: thief)
        let forged = try #require(HostProof(random, on: "ocpp GARAGE", key: thief, certificate: own))
        #expect(refusal(forged) == .forgedCertificate)
        var swapped = forged
        swapped.certificate = certificate.signature
        #expect(refusal(swapped) == .forgedCertificate)
        #expect(refusal(try proof(), keys: VendorKeys([])) == .forgedCertificate)
    }

    @Test func anyChangedByteOfAProofOrCertificateIsRefused() throws {
        let text = Array(try proof().text.utf8)
        for place in text.indices {
            var changed = text
            changed[place] ^= 1
            guard let read = HostProof(text: String(decoding: changed, as: UTF8.self)) else { continue }
            #expect(refusal(read) != nil, "byte \(place)")
        }
        let file = Array(certificate.text.utf8)
        #expect(try HostCertificate(file, host: device.publicKey, keys: vendor.keys) == certificate)
        for place in file.indices {
            var changed = file
            changed[place] ^= 1
            #expect(throws: LicenceRefusal.self) {
                try HostCertificate(changed, host: device.publicKey, keys: vendor.keys)
            }
            #expect(throws: LicenceRefusal.self) { try HostCertificate(Array(file[..<place])) }
        }
        #expect(throws: LicenceRefusal.self) { try HostCertificate(file + [0x0A]) }
        #expect(throws: LicenceRefusal.otherHost(device.publicKey)) {
            try HostCertificate(file, host: vendor.host, keys: vendor.keys)
        }
        #expect(throws: LicenceRefusal.notSigned) {
            try HostCertificate(file, host: device.publicKey, keys: VendorKeys([vendor.host]))
        }
    }

    @Test func aCertificateIsToldFromALicence() throws {
        #expect(HostCertificate.isMeant(Array(certificate.text.utf8)))
        #expect(!HostCertificate.isMeant(vendor.file(TestVendor.licence())))
        #expect(throws: LicenceRefusal.self) {
            try HostCertificate(vendor.file(TestVendor.licence()), host: vendor.host, keys: vendor.keys)
        }
        for text in ["", "ab", String(repeating: "0", count: 63), String(repeating: "A", count: 64)] {
            #expect(HostProof.challenge(text: text) == nil)
        }
        #expect(HostProof.challenge(text: HostProof.text(random)) == random)
    }
}
