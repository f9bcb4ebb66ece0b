extension ConfigurationKey {
    /// OCPP 1.6, 9.2 to 9.4, and SupportedFileTransferProtocols of the errata.
    static let profiles: [ConfigurationKey] = [
        .init(
            "LocalAuthListEnabled", .master, .readWrite, .boolean, "true",
            "Whether the local authorisation list is used."),
        .init(
            "LocalAuthListMaxLength", .notRelevant, .readOnly, .integer(0...1_000_000), "10000",
            "How many cards the local list holds."),
        .init(
            "SendLocalListMaxLength", .notRelevant, .readOnly, .integer(0...1_000_000), "1000",
            "How many cards one SendLocalList may carry."),
        .init(
            "ReserveConnectorZeroSupported", .notRelevant, .readOnly, .boolean, "true",
            "Whether connector 0 can be reserved: any connector that is free."),
        .init(
            "ChargeProfileMaxStackLevel", .notRelevant, .readOnly, .integer(0...1000), "20",
            "The highest stack level of a charging profile."),
        .init(
            "ChargingScheduleAllowedChargingRateUnit", .notRelevant, .readOnly, .list(["Current", "Power"]),
            "Current,Power", "The units of limits that are taken."),
        .init(
            "ChargingScheduleMaxPeriods", .notRelevant, .readOnly, .integer(1...10_000), "500",
            "How many periods a schedule may have."),
        .init(
            "ConnectorSwitch3to1PhaseSupported", .notRelevant, .readOnly, .boolean, "false",
            "Whether a box can be switched between one phase and three in a transaction."),
        .init(
            "MaxChargingProfilesInstalled", .notRelevant, .readOnly, .integer(1...10_000), "500",
            "How many charging profiles are kept."),
        .init(
            "SupportedFileTransferProtocols", .notRelevant, .readOnly,
            .list(["FTP", "FTPS", "HTTP", "HTTPS", "SFTP"]), "HTTP,HTTPS", "How files are fetched and uploaded."),
    ]

    /// Security whitepaper, edition 2, chapter 4.
    static let security: [ConfigurationKey] = [
        .init(
            "AdditionalRootCertificateCheck", .master, .readOnly, .boolean, "false",
            "Whether a new root certificate must be signed by the old one."),
        .init(
            "AuthorizationKey", .master, .writeOnly, .authorizationKey, nil,
            "The password for the backend; a change is followed by a new connection."),
        .init(
            "CertificateSignedMaxChainSize", .notRelevant, .readOnly, .integer(0...10_000), "10000",
            "The longest certificate chain that is taken, in bytes."),
        .init(
            "CertificateStoreMaxLength", .notRelevant, .readOnly, .integer(0...1000), "20",
            "How many root certificates are kept."),
        .init("CpoName", .notRelevant, .readWrite, .text(maximum: 64), "", "The operator, as in the certificates."),
        .init(
            "SecurityProfile", .master, .readWrite, .integer(0...3), "0",
            "0 open, 1 password, 2 password and TLS, 3 certificates on both sides; it can only be raised."),
    ]

    /// Keys of our own; the names are those of the controllers that boxes have.
    static let ours: [ConfigurationKey] = [
        .init(
            "BackendConnectionTimeout", .master, .readWrite, .integer(5...3600), "60", isStandard: false,
            "Seconds that an answer of the backend is waited for."),
        .init(
            "ChargePointModel", .individual, .readOnly, .text(maximum: 50), nil, isStandard: false, "The box's model."),
        .init(
            "ChargePointVendor", .individual, .readOnly, .text(maximum: 50), nil, isStandard: false, "The box's vendor."
        ),
        .init(
            "FirmwareVersion", .individual, .readOnly, .text(maximum: 50), nil, isStandard: false,
            "The version of the box's firmware."),
        .init(
            "FreeCharging", .both, .readWrite, .boolean, "false", isStandard: false,
            "Whether everybody may charge without a card."),
        .init(
            "FreeChargingMode", .both, .readWrite,
            .choice([
                "no OCPP", "status without authorisation", "status with authorisation", "fixed tag with authorisation",
                "fixed tag without authorisation", "any tag",
            ]), "4", isStandard: false, "What the backend sees of free charging; a slave follows its master."),
        .init(
            "idTagLetterCase", .both, .readWrite, .choice(["as read", "upper", "lower"]), "0", isStandard: false,
            "How the letters of a card's id are sent."),
        .init(
            "OperatorCurrentLimit", .individual, .readWrite, .integer(0...400), nil, isStandard: false,
            "The largest current of the box in A; it can be changed while charging."),
        .init(
            "RestartTransAfterPowerLoss", .both, .readWrite, .boolean, "true", isStandard: false,
            "Whether a transaction goes on after a power loss."),
    ]
}
