extension ConfigurationKey {
    /// How many measurands a key takes.
    static let measurandLimit = 22

    /// OCPP 1.6, 9.1.
    static let core: [ConfigurationKey] = [
        .init(
            "AllowOfflineTxForUnknownId", .both, .readWrite, .boolean, "false",
            "Whether an unknown card may charge while the backend is away."),
        .init(
            "AuthorizationCacheEnabled", .master, .readWrite, .boolean, "true",
            "Whether cards that the backend knew are remembered."),
        .init(
            "AuthorizeRemoteTxRequests", .master, .readWrite, .boolean, "false",
            "Whether a remote start asks for the card's authorisation first."),
        .init(
            "ClockAlignedDataInterval", .both, .readWrite, .integer(0...86_400), "0",
            "Seconds between meter values at full multiples from midnight UTC on; 0 is off."),
        .init(
            "ConnectionTimeOut", .both, .readWrite, .integer(0...86_400), "60",
            "Seconds from the card to the plug until the card counts no more."),
        .init(
            "ConnectorPhaseRotation", .individual, .readWrite, .phaseRotation, "RST",
            "To which phases of the supply the box is wired; also as a list: 1.RST,2.RTS."),
        .init(
            "ConnectorPhaseRotationMaxLength", .notRelevant, .readOnly, .integer(0...1000), "1000",
            "How many connectors ConnectorPhaseRotation takes at once."),
        .init(
            "GetConfigurationMaxKeys", .master, .readOnly, .integer(1...10_000), "10000",
            "How many keys one GetConfiguration may ask for."),
        .init(
            "HeartbeatInterval", .master, .readWrite, .integer(1...86_400), "300",
            "Seconds of silence after which a heartbeat is sent."),
        .init(
            "LocalAuthorizeOffline", .both, .readWrite, .boolean, "true",
            "Whether cards in the local list or the cache may charge while the backend is away."),
        .init(
            "LocalPreAuthorize", .both, .readWrite, .boolean, "false",
            "Whether cards in the local list or the cache may charge without asking the backend."),
        .init(
            "MaxEnergyOnInvalidId", .both, .readWrite, .integer(0...1_000_000), "0",
            "Wh that a card may still take that was refused after the start."),
        .init(
            "MeterValueSampleInterval", .both, .readWrite, .integer(0...99_999), "60",
            "Seconds between meter values of a transaction; 0 is off."),
        .init(
            "MeterValuesAlignedData", .both, .readWrite, .measurands(maximum: measurandLimit),
            "Energy.Active.Import.Register", "What the meter values of the clock hold."),
        .init(
            "MeterValuesAlignedDataMaxLength", .notRelevant, .readOnly, .integer(0...100), String(measurandLimit),
            "How many measurands MeterValuesAlignedData takes."),
        .init(
            "MeterValuesSampledData", .both, .readWrite, .measurands(maximum: measurandLimit),
            "Energy.Active.Import.Register", "What the meter values of a transaction hold."),
        .init(
            "MeterValuesSampledDataMaxLength", .notRelevant, .readOnly, .integer(0...100), String(measurandLimit),
            "How many measurands MeterValuesSampledData takes."),
        .init(
            "MinimumStatusDuration", .both, .readWrite, .integer(0...3600), "0",
            "Seconds that a status must last before it is sent."),
        .init(
            "NumberOfConnectors", .notRelevant, .readOnly, .integer(1...10_000), nil,
            "The highest number of a connector."),
        .init(
            "ResetRetries", .both, .readWrite, .integer(0...100), "1", "How often a reset that failed is tried again."),
        .init(
            "StopTransactionOnEVSideDisconnect", .both, .readWrite, .boolean, "true",
            "Whether a transaction ends when the car is unplugged at the car."),
        .init(
            "StopTransactionOnInvalidId", .both, .readWrite, .boolean, "true",
            "Whether a transaction ends when its card is refused after the start."),
        .init(
            "StopTxnAlignedData", .both, .readWrite, .measurands(maximum: measurandLimit), "",
            "What the meter values of the clock in StopTransaction hold."),
        .init(
            "StopTxnAlignedDataMaxLength", .notRelevant, .readOnly, .integer(0...100), String(measurandLimit),
            "How many measurands StopTxnAlignedData takes."),
        .init(
            "StopTxnSampledData", .both, .readWrite, .measurands(maximum: measurandLimit), "",
            "What the meter values of a transaction in StopTransaction hold."),
        .init(
            "StopTxnSampledDataMaxLength", .notRelevant, .readOnly, .integer(0...100), String(measurandLimit),
            "How many measurands StopTxnSampledData takes."),
        .init(
            "SupportedFeatureProfiles", .notRelevant, .readOnly, .list(featureProfiles),
            featureProfiles.joined(separator: ","), "The feature profiles of OCPP 1.6 that are served."),
        .init(
            "SupportedFeatureProfilesMaxLength", .notRelevant, .readOnly, .integer(0...6), "6",
            "How many feature profiles there are at most."),
        .init(
            "TransactionMessageAttempts", .master, .readWrite, .integer(0...1000), "3",
            "How often a transaction message is sent that the backend answers with an error."),
        .init(
            "TransactionMessageRetryInterval", .master, .readWrite, .integer(0...86_400), "60",
            "Seconds before it is sent again, times the attempts so far."),
        .init(
            "UnlockConnectorOnEVSideDisconnect", .both, .readWrite, .boolean, "true",
            "Whether the plug is unlocked when the car is unplugged at the car."),
        .init(
            "WebSocketPingInterval", .master, .readWrite, .integer(0...65_535), "60", needsReboot: true,
            "Seconds between pings; 0 is off."),
    ]

    private static let featureProfiles = [
        "Core", "FirmwareManagement", "LocalAuthListManagement", "Reservation", "SmartCharging", "RemoteTrigger",
    ]
}
