extension Station {
    mutating func takeOfHost(_ input: StationInput) {
        switch input {
        case .hostAnswer(let id, .success(let response)): effects.append(.answer(id: id, response))
        case .hostAnswer(let id, .failure(let error)): effects.append(.refuse(id: id, error))
        case .firmware(let status):
            jobs.firmware = status
            notify(FirmwareStatusNotificationRequest(status: status))
        case .signedFirmware(let status, let requestId):
            jobs.signedFirmware = (status, requestId)
            notify(SignedFirmwareStatusNotificationRequest(status: status, requestId: requestId))
        case .diagnostics(let status):
            jobs.diagnostics = status
            notify(DiagnosticsStatusNotificationRequest(status: status))
        case .log(let status, let requestId):
            jobs.log = (status, requestId)
            notify(LogStatusNotificationRequest(status: status, requestId: requestId))
        case .signingRequest(let csr): notify(SignCertificateRequest(csr: csr))
        case .securityEvent(let type, let techInfo): addSecurityEvent(type, techInfo: techInfo)
        case .reconfigured(let configuration): reconfigure(configuration)
        case .keyChanged(let name, let value): takeLocalChange(name, value)
        default: break
        }
    }

    /// Sends a notification now, or as soon as the backend can be reached.
    private mutating func notify(_ request: some Request) {
        if jobs.notifications.count >= Station.notificationLimit { jobs.notifications.removeFirst() }
        jobs.notifications.append(request)
    }

    private static var notificationLimit: Int { 50 }

    mutating func sendNotifications() {
        guard link.isOnline else { return }
        for request in jobs.notifications { call(request) }
        jobs.notifications = []
    }

    /// A transfer that is not under way is Idle (OCPP 1.6, 7.24 and 7.25).
    var firmwareUnderWay: FirmwareStatus {
        [.downloading, .downloaded, .installing].contains(jobs.firmware) ? jobs.firmware : .idle
    }

    var diagnosticsUnderWay: DiagnosticsStatus { jobs.diagnostics == .uploading ? .uploading : .idle }

    var logUnderWay: UploadLogStatus { jobs.log.status == .uploading ? .uploading : .idle }
}

extension SignedFirmwareStatus {
    var isUnderWay: Bool {
        switch self {
        case .idle, .installed, .downloadFailed, .installationFailed, .installVerificationFailed, .invalidSignature:
            false
        default: true
        }
    }
}
