import Foundation
import Network
import OCPP
import Storage

/// Does what the backend asks for of certificates (OCPP 1.6 security whitepaper, edition 2, A02, A03, M03 to M05).
struct CertificateDesk: Sendable {
    let folder: CertificateFolder
    /// Whom this host's certificate is for: its ChargePointID.
    let name: String

    /// What came of a request.
    struct Verdict: Sendable {
        var response: any Payload
        /// What the backend is told besides; nil for nothing.
        var event: (type: String, techInfo: String)?
        /// Why it was refused, for the log; nil if it was not.
        var reason: String?
        /// Whether this host has a certificate of its own now that it did not have before.
        var isCertified = false
    }

    /// The verdict on a request; nil for one that is not about certificates. `most` roots are kept.
    func take(_ request: any Request, at now: Int, most: Int) -> Verdict? {
        switch request {
        case let request as InstallCertificateRequest: install(request, at: now, most: most)
        case let request as DeleteCertificateRequest: delete(request)
        case let request as GetInstalledCertificateIdsRequest: list(request)
        case let request as CertificateSignedRequest: certify(request, at: now)
        default: nil
        }
    }

    /// A new key and the request for its certificate, in PEM. Throws the reason in words.
    func request(operator organization: String?) throws -> String {
        let made = try SigningRequest(commonName: name, organization: organization)
        try folder.keep(pending: made.key)
        return String(decoding: made.request, as: UTF8.self)
    }

    private func install(_ request: InstallCertificateRequest, at now: Int, most: Int) -> Verdict {
        func refused(_ status: InstallCertificateStatus, _ reason: String) -> Verdict {
            let type =
                request.certificateType == .centralSystemRootCertificate
                ? "InvalidCentralSystemCertificate" : "InvalidFirmwareSigningCertificate"
            return Verdict(
                response: InstallCertificateResponse(status: status),
                event: status == .rejected ? (type, reason) : nil, reason: reason)
        }
        let pem = Array(request.certificate.utf8)
        let found = Certificate.all(in: pem)
        guard let root = found.first, found.count == 1 else {
            return refused(.rejected, "it is not one certificate in PEM")
        }
        guard root.isAuthority, root.isSelfSigned else {
            return refused(.rejected, "it is no root: an authority that has signed itself")
        }
        guard root.isValid(at: now) else { return refused(.rejected, "it is not valid now") }
        let isKnown = folder.hashes(request.certificateType).contains { $0.issuerKeyHash == root.keyHash(.sha256) }
        guard isKnown || folder.count < most else {
            return refused(.rejected, "there are \(most) root certificates already; delete one first")
        }
        do throws(CertificateFolder.Fault) {
            try folder.install(root, pem, for: request.certificateType)
            return Verdict(response: InstallCertificateResponse(status: .accepted))
        } catch {
            return refused(.failed, error.description)
        }
    }

    private func delete(_ request: DeleteCertificateRequest) -> Verdict {
        do throws(CertificateFolder.Fault) {
            let isFound = try folder.delete(request.certificateHashData)
            return Verdict(response: DeleteCertificateResponse(status: isFound ? .accepted : .notFound))
        } catch {
            return Verdict(response: DeleteCertificateResponse(status: .failed), reason: error.description)
        }
    }

    private func list(_ request: GetInstalledCertificateIdsRequest) -> Verdict {
        let hashes = folder.hashes(request.certificateType)
        return Verdict(
            response: hashes.isEmpty
                ? GetInstalledCertificateIdsResponse(status: .notFound)
                : GetInstalledCertificateIdsResponse(certificateHashData: hashes, status: .accepted))
    }

    private func certify(_ request: CertificateSignedRequest, at now: Int) -> Verdict {
        func refused(_ reason: String) -> Verdict {
            Verdict(
                response: CertificateSignedResponse(status: .rejected),
                event: ("InvalidChargePointCertificate", reason), reason: reason)
        }
        let pem = Array(request.certificateChain.utf8)
        let chain = Certificate.all(in: pem)
        guard let own = chain.first else { return refused("it is no certificate in PEM") }
        guard let key = folder.pendingKey else { return refused("no certificate was asked for") }
        guard own.belongs(to: key) else { return refused("it is for another key than the one that was asked for") }
        guard own.commonName == name else {
            return refused("it is for \(own.commonName ?? "nobody"), and this host is \(name)")
        }
        guard own.isValid(at: now) else { return refused("it is not valid now") }
        guard zip(chain, chain.dropFirst()).allSatisfy({ $0.isSigned(by: $1) }) else {
            return refused("its chain is broken: every certificate must be signed by the one behind it")
        }
        do throws(CertificateFolder.Fault) {
            try folder.certify(pem, key: key)
            return Verdict(response: CertificateSignedResponse(status: .accepted), isCertified: true)
        } catch {
            return refused(error.description)
        }
    }
}
