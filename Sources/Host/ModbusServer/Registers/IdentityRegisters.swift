import Licensing
import Modbus
import Synchronization

/// The registers by which a chargehost proves to a master who it is; a Power Brain itself has none of them.
///
/// A master writes 32 random bytes into 9000 to 9015 and then reads the proof from 9016 to 9095: the 32 bytes of the host's
/// key, the 64 of the vendor's certificate and the 64 of the answer, the first of every two in the upper half of a
/// register. All are 0 where the host is no Power Brain. They are asked for as a whole.
final class IdentityRegisters: Sendable {
    /// Where the challenge is written.
    static let question = 9000..<9016
    /// Where the proof is read.
    static let proof = 9016..<9096

    private let connection: String
    private let witness: HostWitness
    private let answer = Mutex([UInt16](repeating: 0, count: IdentityRegisters.proof.count))

    /// For the unit with a serial number.
    init(serial: String, witness: HostWitness) {
        connection = IdentityRegisters.connection(serial)
        self.witness = witness
    }

    /// What is signed beside the random bytes: the unit, by the serial number that it shows.
    static func connection(_ serial: String) -> String { "modbus \(serial)" }

    /// Carries out a request for these registers; nil where it is for others. Throws the exception that answers it.
    func carryOut(_ request: ServerRequest) throws(ModbusException) -> [UInt16]? {
        guard request.range.lowerBound < Self.proof.upperBound, request.range.upperBound > Self.question.lowerBound
        else { return nil }
        switch request {
        case .write(let write):
            guard request.range == Self.question, request.function == 16 else { throw .illegalDataAddress }
            let proof = witness.proof(Words.bytes(write.words), on: connection)
            let words = proof.map { Words.big($0.bytes) } ?? [UInt16](repeating: 0, count: Self.proof.count)
            answer.withLock { $0 = words }
            return []
        case .read:
            guard request.range == Self.proof else { throw .illegalDataAddress }
            return answer.withLock { $0 }
        }
    }
}

extension Words {
    /// The bytes of words, the upper half of each first.
    static func bytes(_ words: [UInt16]) -> [UInt8] { words.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } }

    /// Words of bytes, whose number is even.
    static func big(_ bytes: [UInt8]) -> [UInt16] {
        stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    }
}
