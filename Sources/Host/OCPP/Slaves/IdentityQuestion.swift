import Licensing
import OCPP

/// The question of a master to a chargehost below it who it is, as a DataTransfer (OCPP 1.6, 6.15).
///
/// `data` of the request are the 32 random bytes of the master, that of the answer is the proof, both in hexadecimal digits.
/// A host that is no Power Brain answers with Rejected.
enum IdentityQuestion {
    /// Whose extension it is.
    static let vendor = "chargehost"
    /// Its name.
    static let message = "HostIdentity"

    /// The question.
    static func request(_ random: [UInt8]) -> DataTransferRequest {
        DataTransferRequest(vendorId: vendor, messageId: message, data: HostProof.text(random))
    }

    /// What is signed beside the random bytes: how the slave is connected.
    static func connection(_ slave: String) -> String { "ocpp \(slave)" }

    /// The slave's answer.
    static func answer(
        _ request: DataTransferRequest, slave: String, witness: HostWitness?
    ) -> DataTransferResponse {
        guard let random = request.data.flatMap(HostProof.challenge(text:)),
            let proof = witness?.proof(random, on: connection(slave))
        else { return DataTransferResponse(status: .rejected) }
        return DataTransferResponse(status: .accepted, data: proof.text)
    }

    /// What the master makes of an answer.
    static func standing(
        _ response: DataTransferResponse, to random: [UInt8], slave: String, keys: VendorKeys
    ) -> HostStanding {
        switch response.status {
        case .rejected: return .refused(.noCertificate)
        case .unknownMessageId, .unknownVendorId: return .refused(.unknownQuestion)
        case .accepted: break
        }
        guard let proof = response.data.flatMap(HostProof.init(text:)) else { return .refused(.malformed) }
        do throws(HostProofRefusal) {
            try proof.check(random, on: connection(slave), keys: keys)
            return .proven(proof.host)
        } catch {
            return .refused(error)
        }
    }
}
