import Foundation
import Licensing
import Modbus
import ReadPlanning
import TestTools
import Testing

@testable import Host

/// The registers by which a chargehost proves who it is, as a master reads and writes them.
@Suite struct IdentityRegistersTests {
    private static let serial = "CH7F3A2B11C4D901"
    private let folder: TemporaryFolder
    private let vendor: SigningKey
    private let host: SigningKey
    private let registers: IdentityRegisters
    private let random = (0..<32).map { UInt8($0) }

    init() throws {
        folder = try TemporaryFolder("identity")
        vendor = try LicenceWorld().key
        host = try HostIdentity.load(in: folder.path)
        registers = IdentityRegisters(serial: Self.serial, witness: HostWitness(data: folder.path))
    }

    private func certify(by key: SigningKey) throws {
        let certificate = HostCertificate(of: host.publicKey, signedBy: key)
        try Data(certificate.text.utf8).write(to: URL(fileURLWithPath: folder.path + "/" + HostWitness.file))
    }

    /// Function 16 at 9000 with 16 registers, then function 3 at 9016 for 80.
    private func ask() throws -> [UInt8] {
        let question = try ServerRequest(pdu: [16, 0x23, 0x28, 0, 16, 32] + random)
        #expect(try registers.carryOut(question) == [])
        let proof = try ServerRequest(pdu: [3, 0x23, 0x38, 0, 80])
        return try #require(try registers.carryOut(proof)).flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }

    @Test func aPowerBrainAnswersWithItsProof() throws {
        try certify(by: vendor)
        let proof = try #require(HostProof(bytes: try ask()))
        #expect(proof.host == host.publicKey)
        #expect(throws: Never.self) {
            try proof.check(random, on: "modbus CH7F3A2B11C4D901", keys: VendorKeys([vendor.publicKey]))
        }
        #expect(throws: HostProofRefusal.otherAnswer) {
            try proof.check(random, on: "modbus CH0000000000D901", keys: VendorKeys([vendor.publicKey]))
        }
    }

    @Test func whoIsNoneHasZeros() throws {
        #expect(try ask() == [UInt8](repeating: 0, count: 160))
        try Data("damaged".utf8).write(to: URL(fileURLWithPath: folder.path + "/" + HostWitness.file))
        #expect(try ask() == [UInt8](repeating: 0, count: 160))
        // What was answered before is not left for the next one.
        try certify(by: vendor)
        #expect(try ask() != [UInt8](repeating: 0, count: 160))
        try FileManager.default.removeItem(atPath: folder.path + "/" + HostWitness.file)
        #expect(try ask() == [UInt8](repeating: 0, count: 160))
    }

    @Test func partsAreNotAskedForAndOtherRegistersAreOthers() throws {
        for pdu: [UInt8] in [
            [3, 0x23, 0x38, 0, 79], [3, 0x23, 0x39, 0, 80], [3, 0x23, 0x28, 0, 16], [6, 0x23, 0x28, 0, 1],
            [16, 0x23, 0x28, 0, 1, 2, 0, 0], [3, 0x23, 0x27, 0, 2],
        ] {
            let request = try ServerRequest(pdu: pdu)
            #expect(throws: ModbusException.illegalDataAddress) { try registers.carryOut(request) }
        }
        for pdu: [UInt8] in [[3, 0x1F, 0x40, 0, 121], [3, 0x23, 0x27, 0, 1], [3, 0x23, 0x88, 0, 1]] {
            #expect(try registers.carryOut(try ServerRequest(pdu: pdu)) == nil)
        }
    }
}
