import OCPP

extension StationRunner {
    /// Answers a request about certificates; false for another one.
    func takeCertificates(_ id: String, _ request: any Request) async -> Bool {
        let most = station.keys.integer("CertificateStoreMaxLength") ?? 20
        guard let verdict = certificates?.take(request, at: timestamp.seconds, most: most) else { return false }
        take(.hostAnswer(id: id, .success(verdict.response)))
        let action = type(of: request).action.rawValue
        if let reason = verdict.reason { log.write(.warning, "backend: \(action) was refused: \(reason)") }
        if let event = verdict.event { take(.securityEvent(type: event.type, techInfo: event.techInfo)) }
        guard verdict.isCertified else { return true }
        log.write(.info, "backend: this host has a certificate of its own now")
        certified()
        // The connection goes on with the old certificate; the new one is shown on the next.
        if station.keys.integer("SecurityProfile") == SecurityProfile.certificates.rawValue { await link?.reconnect() }
        return true
    }

    /// Makes a key and has the backend asked to certify it.
    func makeSigningRequest() {
        do {
            guard let request = try certificates?.request(operator: station.keys.value("CpoName")) else { return }
            take(.signingRequest(request))
        } catch {
            log.write(.error, "backend: no certificate can be asked for: \(error)")
        }
    }
}
