import Network
import OCPP
import Storage

/// What is needed to connect to the backend: the site file says where, the data folder has what is secret.
///
/// Files and keys are read before every connection, so that a new password or certificate counts with the next one.
struct BackendAccount: Sendable {
    let backend: SiteBackend
    /// The folder of the site file, to which its paths are relative.
    let folder: SiteFolder
    let storage: SiteStorage
    /// What the backend has installed, and the certificate of this host that it had signed.
    let certificates: CertificateFolder

    /// Throws ``BackendUnusable`` with what is missing.
    func access() async throws(BackendUnusable) -> BackendAccess {
        let keys = try await keys()
        let stored = keys["securityprofile"].flatMap(Int.init).flatMap(SecurityProfile.init(rawValue:)) ?? .open
        let profile = max(backend.securityProfile, stored)
        var url = backend.url
        // A backend that raises the profile is met on the same host and path, with TLS.
        if profile.isSecure { url = BackendTarget.secured(url) }
        let target: BackendTarget
        do throws(ConnectError) {
            target = try BackendTarget(url, id: backend.id)
        } catch {
            throw BackendUnusable(description: error.description)
        }
        let ping = keys["websocketpinginterval"].flatMap(Int.init) ?? 60
        return BackendAccess(
            target: target, credentials: profile.hasPassword ? try credentials(keys["authorizationkey"]) : nil,
            tls: profile.isSecure ? try tls(profile) : nil, pingInterval: ping > 0 ? .seconds(ping) : nil)
    }

    private func keys() async throws(BackendUnusable) -> [String: String] {
        do throws(StorageError) {
            let values = try await storage.configuration().filter { $0.connector == 0 }
            return Dictionary(values.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
        } catch {
            throw BackendUnusable(description: error.description)
        }
    }

    private func credentials(_ key: String?) throws(BackendUnusable) -> BasicCredentials {
        guard let key else {
            throw BackendUnusable(
                description: "security_profile needs a password; set it with 'chargehost ocpp secret set "
                    + "backend', or write security_profile: 0 for a backend without one")
        }
        guard let password = AuthorizationKey(key)?.password else {
            throw BackendUnusable(
                description: "the AuthorizationKey is none: 16 to 40 characters, or 32 to 40 hexadecimal figures")
        }
        return BasicCredentials(user: backend.id, password: password)
    }

    private func tls(_ profile: SecurityProfile) throws(BackendUnusable) -> TLSClient {
        var options = TLSClientOptions()
        // What the backend has installed counts beside what the site file says.
        let lineEnd = Array("\n".utf8)
        let installed = certificates.roots(.centralSystemRootCertificate).flatMap { $0 + lineEnd }
        if let path = backend.authorities {
            options.authorities = try folder.bytes(path) + lineEnd + installed
        } else if !installed.isEmpty {
            options.authorities = installed
            options.trustsSystemToo = true
        }
        if let identity = backend.identity {
            options.identity = TLSIdentity(
                certificates: try folder.bytes(identity.certificate), key: try folder.bytes(identity.key))
        } else if profile == .certificates {
            guard let identity = certificates.identity else {
                throw BackendUnusable(
                    description: "security_profile 3 needs certificate and key of this host: name their files in the "
                        + "site file, or have the backend sign one (SignChargePointCertificate)")
            }
            options.identity = identity
        }
        do throws(TLSError) {
            return try TLSClient(options)
        } catch {
            throw BackendUnusable(description: error.description)
        }
    }
}
