import OCPP

/// Something a slave reported, or that happened to its connection.
public enum SlaveEvent: Equatable, Sendable {
    /// It connected; before it said anything.
    case connected(SlaveTransport, peer: String)
    /// It booted, and this was the answer. Nothing else of it counts before it is accepted.
    case booted(BootNotificationRequest, RegistrationStatus)
    /// It is set up: its keys are read and its profiles are set.
    case ready(SlaveAbilities)
    /// The status of a connector; 0 is the slave as a whole.
    case status(StatusNotificationRequest)
    /// Meter values outside a transaction, or of connector 0.
    case meterValues(MeterValuesRequest)
    /// How far its firmware update is.
    case firmware(FirmwareStatusNotificationRequest)
    /// How far its signed firmware update is.
    case signedFirmware(SignedFirmwareStatusNotificationRequest)
    /// How far its diagnostics are.
    case diagnostics(DiagnosticsStatusNotificationRequest)
    /// How far its log is.
    case log(LogStatusNotificationRequest)
    /// A security event of its own.
    case security(SecurityEventNotificationRequest)
    /// Its connection ended, with the reason; its transactions stay open.
    case vanished(reason: String)
    /// Somebody was turned away who used this id, with the reason; told once until the reason changes.
    case refused(reason: String, peer: String)
}

/// How a slave is connected.
public enum SlaveTransport: String, Hashable, Sendable, Codable {
    /// OCPP-J over a WebSocket.
    case json
    /// The binary framing.
    case binary
}
