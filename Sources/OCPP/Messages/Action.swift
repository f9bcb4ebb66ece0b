/// What a CALL asks for: the 28 operations of OCPP 1.6 and the 11 of its security extension.
///
/// The number of an action in the binary framing is its position: new ones go to the end.
public enum Action: String, Sendable, CaseIterable {
    case authorize = "Authorize"
    case bootNotification = "BootNotification"
    case cancelReservation = "CancelReservation"
    case changeAvailability = "ChangeAvailability"
    case changeConfiguration = "ChangeConfiguration"
    case clearCache = "ClearCache"
    case clearChargingProfile = "ClearChargingProfile"
    case dataTransfer = "DataTransfer"
    case diagnosticsStatusNotification = "DiagnosticsStatusNotification"
    case firmwareStatusNotification = "FirmwareStatusNotification"
    case getCompositeSchedule = "GetCompositeSchedule"
    case getConfiguration = "GetConfiguration"
    case getDiagnostics = "GetDiagnostics"
    case getLocalListVersion = "GetLocalListVersion"
    case heartbeat = "Heartbeat"
    case meterValues = "MeterValues"
    case remoteStartTransaction = "RemoteStartTransaction"
    case remoteStopTransaction = "RemoteStopTransaction"
    case reserveNow = "ReserveNow"
    case reset = "Reset"
    case sendLocalList = "SendLocalList"
    case setChargingProfile = "SetChargingProfile"
    case startTransaction = "StartTransaction"
    case statusNotification = "StatusNotification"
    case stopTransaction = "StopTransaction"
    case triggerMessage = "TriggerMessage"
    case unlockConnector = "UnlockConnector"
    case updateFirmware = "UpdateFirmware"
    case certificateSigned = "CertificateSigned"
    case deleteCertificate = "DeleteCertificate"
    case extendedTriggerMessage = "ExtendedTriggerMessage"
    case getInstalledCertificateIds = "GetInstalledCertificateIds"
    case getLog = "GetLog"
    case installCertificate = "InstallCertificate"
    case logStatusNotification = "LogStatusNotification"
    case securityEventNotification = "SecurityEventNotification"
    case signCertificate = "SignCertificate"
    case signedFirmwareStatusNotification = "SignedFirmwareStatusNotification"
    case signedUpdateFirmware = "SignedUpdateFirmware"
}

extension Action {
    /// The type of its request.
    public var request: any Request.Type {
        switch self {
        case .authorize: AuthorizeRequest.self
        case .bootNotification: BootNotificationRequest.self
        case .cancelReservation: CancelReservationRequest.self
        case .changeAvailability: ChangeAvailabilityRequest.self
        case .changeConfiguration: ChangeConfigurationRequest.self
        case .clearCache: ClearCacheRequest.self
        case .clearChargingProfile: ClearChargingProfileRequest.self
        case .dataTransfer: DataTransferRequest.self
        case .diagnosticsStatusNotification: DiagnosticsStatusNotificationRequest.self
        case .firmwareStatusNotification: FirmwareStatusNotificationRequest.self
        case .getCompositeSchedule: GetCompositeScheduleRequest.self
        case .getConfiguration: GetConfigurationRequest.self
        case .getDiagnostics: GetDiagnosticsRequest.self
        case .getLocalListVersion: GetLocalListVersionRequest.self
        case .heartbeat: HeartbeatRequest.self
        case .meterValues: MeterValuesRequest.self
        case .remoteStartTransaction: RemoteStartTransactionRequest.self
        case .remoteStopTransaction: RemoteStopTransactionRequest.self
        case .reserveNow: ReserveNowRequest.self
        case .reset: ResetRequest.self
        case .sendLocalList: SendLocalListRequest.self
        case .setChargingProfile: SetChargingProfileRequest.self
        case .startTransaction: StartTransactionRequest.self
        case .statusNotification: StatusNotificationRequest.self
        case .stopTransaction: StopTransactionRequest.self
        case .triggerMessage: TriggerMessageRequest.self
        case .unlockConnector: UnlockConnectorRequest.self
        case .updateFirmware: UpdateFirmwareRequest.self
        case .certificateSigned: CertificateSignedRequest.self
        case .deleteCertificate: DeleteCertificateRequest.self
        case .extendedTriggerMessage: ExtendedTriggerMessageRequest.self
        case .getInstalledCertificateIds: GetInstalledCertificateIdsRequest.self
        case .getLog: GetLogRequest.self
        case .installCertificate: InstallCertificateRequest.self
        case .logStatusNotification: LogStatusNotificationRequest.self
        case .securityEventNotification: SecurityEventNotificationRequest.self
        case .signCertificate: SignCertificateRequest.self
        case .signedFirmwareStatusNotification: SignedFirmwareStatusNotificationRequest.self
        case .signedUpdateFirmware: SignedUpdateFirmwareRequest.self
        }
    }
}
