/// What a station has under way besides charging.
struct JobState: Sendable {
    /// A transaction without a connector that could go on with it; only its stop is still to be stored.
    struct Orphan: Sendable {
        let transaction: OpenTransaction
        let reason: StopReason
        /// The number it was given into the queue with; nil while it waits.
        var token: Int?
        var retryAt: Duration?
    }

    /// The reset that is waited for; nil if none is.
    var reset: (type: ResetType, deadline: Duration)?
    /// Notifications that are sent when the backend can be reached.
    var notifications: [any Request] = []
    /// Whether the host was told to start the station anew.
    var isRestarting = false
    var firmware = FirmwareStatus.idle
    var signedFirmware: (status: SignedFirmwareStatus, requestId: Int?) = (.idle, nil)
    var diagnostics = DiagnosticsStatus.idle
    var log: (status: UploadLogStatus, requestId: Int?) = (.idle, nil)
    /// Security events that the backend has not confirmed.
    var securityEvents: [SecurityEventNotificationRequest] = []
    var isSecurityEventOut = false
    /// Whether the backend does not know security events; until the next connection.
    var securityEventsAreUnknown = false
    var isStartAnnounced = false
    /// Configuration changes that slaves are asked for, by their number.
    var changes: [Int: SlaveConfigurationChange] = [:]
    /// Availability changes that slaves are asked for, by their number.
    var availability: [Int: SlaveAvailabilityChange] = [:]
    /// The clock's difference to the elapsed time when it was looked at last, in ms.
    var clockDifference: Int?
    /// When meter values of the clock are due; nil while they are off.
    var nextAligned: Timestamp?
    var orphans: [Orphan] = []
    /// Starts on their way into the queue whose box is not the connector's any more.
    var abandonedStarts: [Int: StartTransactionRequest] = [:]
}
