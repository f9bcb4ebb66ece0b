import Foundation
import Testing

@testable import Transfer

@Suite struct FirmwareSignatureTests {
    /// Later than the certificates, which are made while the test runs.
    private let now = Int(Date().timeIntervalSince1970) + 3600

    private func signed(_ name: String, _ keys: SigningKeys, roots: [String] = ["root.pem"]) throws -> FirmwareSignature
    {
        try FirmwareSignature(
            try keys.signature(name), certificate: try keys.text(name + ".pem"),
            roots: try roots.map { try keys.bytes($0) })
    }

    @Test func signaturesOfBothKindsOfKeysAreTakenAndOfNoOtherFile() throws {
        let keys = try SigningKeys()
        for name in ["curve", "rsa"] {
            let signature = try signed(name, keys)
            try signature.checkCertificate(at: now)
            try signature.check(keys.path("firmware"))
            #expect(throws: FirmwareSignature.Fault.mismatch) { try signature.check(keys.path("changed")) }
        }
    }

    @Test func aCertificateOfSomebodyElseIsNotBelieved() throws {
        let keys = try SigningKeys()
        let fault = #expect(throws: FirmwareSignature.Fault.self) {
            try signed("foreign", keys).checkCertificate(at: now)
        }
        guard case .untrusted? = fault else { throw FileServer.Failure(description: "\(String(describing: fault))") }
        try signed("foreign", keys, roots: ["root.pem", "other.pem"]).checkCertificate(at: now)
        #expect(throws: FirmwareSignature.Fault.noRoot) {
            try signed("curve", keys, roots: []).checkCertificate(at: now)
        }
    }

    @Test func aCertificateWhoseTimeHasPassedIsNotBelieved() throws {
        let keys = try SigningKeys()
        let years = 11 * 366 * 86_400
        #expect(throws: FirmwareSignature.Fault.self) { try signed("curve", keys).checkCertificate(at: now + years) }
        #expect(throws: FirmwareSignature.Fault.self) { try signed("curve", keys).checkCertificate(at: now - years) }
    }

    @Test func aShortKeyAndWhatIsNoSignatureAreRefused() throws {
        let keys = try SigningKeys()
        let weak = #expect(throws: FirmwareSignature.Fault.self) { try signed("weak", keys).checkCertificate(at: now) }
        #expect(weak != nil)
        #expect(throws: FirmwareSignature.Fault.key) { try signed("weak", keys).check(keys.path("firmware")) }
        #expect(throws: FirmwareSignature.Fault.form) { _ = try FirmwareSignature("", certificate: "", roots: []) }
        let nonsense = try FirmwareSignature("AAAA", certificate: "nonsense", roots: [try keys.bytes("root.pem")])
        #expect(throws: FirmwareSignature.Fault.certificate) { try nonsense.checkCertificate(at: now) }
        #expect(throws: FirmwareSignature.Fault.certificate) { try nonsense.check(keys.path("firmware")) }
    }

    /// The value of FIPS 180-4 for "abc" (examples of the NIST, SHA-256).
    @Test func theDigestIsThatOfTheStandard() throws {
        let path = NSTemporaryDirectory() + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("abc".utf8).write(to: URL(filePath: path))
        #expect(
            try FileDigest.sha256(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
