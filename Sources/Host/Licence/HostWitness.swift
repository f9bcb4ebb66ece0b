import Foundation
import Licensing

/// Answers masters that ask who this host is, with its identity and the vendor's certificate in its data folder.
public struct HostWitness: Sendable {
    /// The file of the certificate.
    public static let file = "power-brain.certificate"

    /// The data folder.
    let data: String

    /// The witness of the host on the data folder at `data`.
    public init(data: String) { self.data = data }

    /// The certificate; nil where there is none. Throws ``LicenceRefusal`` where it cannot be read.
    func certificate() throws(LicenceRefusal) -> HostCertificate? {
        let path = data + "/" + Self.file
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let bytes = FileManager.default.contents(atPath: path) else { throw .unreadable("no access") }
        return try HostCertificate(Array(bytes))
    }

    /// The proof that a master asks for with `random` on `connection`; nil where this host is no Power Brain.
    func proof(_ random: [UInt8], on connection: String) -> HostProof? {
        guard let key = try? HostIdentity.stored(in: data), let certificate = try? certificate() else { return nil }
        return HostProof(random, on: connection, key: key, certificate: certificate)
    }

    /// Whether the host has a certificate that one of `keys` signed for it.
    func isCertified(_ host: PublicKey, keys: VendorKeys) -> Bool {
        guard let bytes = FileManager.default.contents(atPath: data + "/" + Self.file) else { return false }
        return (try? HostCertificate(Array(bytes), host: host, keys: keys)) != nil
    }

    /// Checks a certificate and keeps it. Throws ``LicenceProblem``.
    public func keep(_ bytes: [UInt8], host: PublicKey, keys: VendorKeys) throws(LicenceProblem) {
        do throws(LicenceRefusal) {
            _ = try HostCertificate(bytes, host: host, keys: keys)
        } catch {
            throw .refused(error)
        }
        do throws(TrustProblem) {
            try FileReplacement.put(bytes, at: data + "/" + Self.file)
        } catch {
            throw .notStored(data + "/" + Self.file, error.description)
        }
    }
}
