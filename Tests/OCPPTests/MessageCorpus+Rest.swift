@testable import OCPP

extension MessageCorpus {
    private static let certificate =
        "-----BEGIN CERTIFICATE-----\n" + String(repeating: "MIIBszCCAVmgAwIBAgIUQ2", count: 20)
        + "\n-----END CERTIFICATE-----\n"

    /// One of every message that the traffic of a site has not, with values as they occur.
    static func rest(_ add: Adding) {
        core(add)
        cards(add)
        charging(add)
        firmware(add)
        security(add)
    }

    private static func core(_ add: Adding) {
        add(ChangeAvailabilityRequest(connectorId: 2, type: .inoperative), .init(status: .scheduled))
        add(ChangeConfigurationRequest(key: "MeterValueSampleInterval", value: "60"), .init(status: .accepted))
        add(ClearCacheRequest(), .init(status: .accepted))
        add(
            DataTransferRequest(vendorId: "com.example", messageId: "hello", data: "x=1"),
            .init(status: .unknownVendorId))
        add(
            GetConfigurationRequest(key: ["HeartbeatInterval", "NumberOfConnectors", "Foo"]),
            .init(
                configurationKey: [
                    KeyValue(key: "HeartbeatInterval", readonly: false, value: "300"),
                    KeyValue(key: "NumberOfConnectors", readonly: true, value: "6"),
                ], unknownKey: ["Foo"]))
        add(RemoteStartTransactionRequest(connectorId: 1, idTag: "04A2B3C4D5E6F7"), .init(status: .accepted))
        add(RemoteStopTransactionRequest(transactionId: 4712), .init(status: .accepted))
        add(ResetRequest(type: .soft), .init(status: .accepted))
        add(UnlockConnectorRequest(connectorId: 1), .init(status: .unlocked))
        add(TriggerMessageRequest(requestedMessage: .statusNotification, connectorId: 1), .init(status: .accepted))
    }

    private static func cards(_ add: Adding) {
        let moment = Timestamp(seconds: 1_795_249_800)
        let info = IdTagInfo(expiryDate: moment, parentIdTag: "FLEET1", status: .accepted)
        add(GetLocalListVersionRequest(), .init(listVersion: 12))
        add(
            SendLocalListRequest(
                listVersion: 13,
                localAuthorizationList: (0..<5).map {
                    AuthorizationEntry(idTag: "04A2B3C4D5E6F\($0)", idTagInfo: info)
                },
                updateType: .differential), .init(status: .accepted))
        add(
            ReserveNowRequest(connectorId: 1, expiryDate: moment, idTag: "04A2B3C4D5E6F7", reservationId: 3),
            .init(status: .accepted))
        add(CancelReservationRequest(reservationId: 3), .init(status: .accepted))
    }

    private static func charging(_ add: Adding) {
        let schedule = ChargingSchedule(
            duration: 86_400, startSchedule: Timestamp(seconds: 1_795_249_800), chargingRateUnit: .amperes,
            chargingSchedulePeriod: [.init(startPeriod: 0, limit: 16), .init(startPeriod: 3600, limit: 10.5)])
        add(
            GetCompositeScheduleRequest(connectorId: 1, duration: 86_400, chargingRateUnit: .amperes),
            .init(status: .accepted, connectorId: 1, scheduleStart: schedule.startSchedule, chargingSchedule: schedule))
        add(
            ClearChargingProfileRequest(connectorId: 1, chargingProfilePurpose: .txDefaultProfile, stackLevel: 0),
            .init(status: .unknown))
    }

    private static func firmware(_ add: Adding) {
        let moment = Timestamp(seconds: 1_795_249_800)
        add(DiagnosticsStatusNotificationRequest(status: .uploading), .init())
        add(FirmwareStatusNotificationRequest(status: .downloaded), .init())
        add(
            GetDiagnosticsRequest(location: "https://files.example/up", startTime: moment, stopTime: moment),
            .init(fileName: "diagnostics.tgz"))
        add(UpdateFirmwareRequest(location: "https://files.example/fw.bin", retrieveDate: moment), .init())
        add(
            SignedUpdateFirmwareRequest(
                requestId: 5,
                firmware: Firmware(
                    location: "https://files.example/fw.bin", retrieveDateTime: moment, signingCertificate: certificate,
                    signature: "MEUCIQDx")), .init(status: .accepted))
        add(SignedFirmwareStatusNotificationRequest(status: .signatureVerified, requestId: 5), .init())
    }

    private static func security(_ add: Adding) {
        let moment = Timestamp(milliseconds: 1_795_249_800_123)
        let hash = CertificateHashData(
            hashAlgorithm: .sha256, issuerNameHash: String(repeating: "0a1b2c3d", count: 8),
            issuerKeyHash: String(repeating: "4e5f6071", count: 8), serialNumber: "1234")
        add(CertificateSignedRequest(certificateChain: certificate), .init(status: .accepted))
        add(DeleteCertificateRequest(certificateHashData: hash), .init(status: .accepted))
        add(ExtendedTriggerMessageRequest(requestedMessage: .signChargePointCertificate), .init(status: .accepted))
        add(
            GetInstalledCertificateIdsRequest(certificateType: .centralSystemRootCertificate),
            .init(certificateHashData: [hash], status: .accepted))
        add(
            GetLogRequest(
                log: LogParameters(remoteLocation: "https://files.example/log"), logType: .securityLog, requestId: 6),
            .init(status: .accepted, filename: "security.log"))
        add(
            InstallCertificateRequest(certificateType: .centralSystemRootCertificate, certificate: certificate),
            .init(status: .accepted))
        add(LogStatusNotificationRequest(status: .uploaded, requestId: 6), .init())
        add(SecurityEventNotificationRequest(type: "InvalidCentralSystemCertificate", timestamp: moment), .init())
        add(SignCertificateRequest(csr: certificate), .init(status: .accepted))
    }
}
