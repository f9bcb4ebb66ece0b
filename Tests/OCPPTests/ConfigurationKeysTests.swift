import Testing

@testable import OCPP

@Suite struct ConfigurationKeysTests {
    private func get(_ keys: ConfigurationKeys, _ names: String...) -> GetConfigurationResponse {
        keys.answer(GetConfigurationRequest(key: names.isEmpty ? nil : names))
    }

    private func expect(
        _ keys: inout ConfigurationKeys, _ key: String, _ value: String, _ status: ConfigurationStatus,
        _ place: SourceLocation = #_sourceLocation
    ) {
        let answer = keys.change(ChangeConfigurationRequest(key: key, value: value))
        #expect(answer == status, "\(key) = \(value)", sourceLocation: place)
    }

    /// OCPP 1.6 edition 2, chapter 9: the required keys and their access.
    @Test(arguments: [
        ("AuthorizeRemoteTxRequests", false), ("ClockAlignedDataInterval", false), ("ConnectionTimeOut", false),
        ("ConnectorPhaseRotation", false), ("GetConfigurationMaxKeys", true), ("HeartbeatInterval", false),
        ("LocalAuthorizeOffline", false), ("LocalPreAuthorize", false), ("MeterValuesAlignedData", false),
        ("MeterValuesSampledData", false), ("MeterValueSampleInterval", false), ("NumberOfConnectors", true),
        ("ResetRetries", false), ("StopTransactionOnEVSideDisconnect", false), ("StopTransactionOnInvalidId", false),
        ("StopTxnAlignedData", false), ("StopTxnSampledData", false), ("SupportedFeatureProfiles", true),
        ("TransactionMessageAttempts", false), ("TransactionMessageRetryInterval", false),
        ("UnlockConnectorOnEVSideDisconnect", false), ("LocalAuthListEnabled", false), ("LocalAuthListMaxLength", true),
        ("SendLocalListMaxLength", true), ("ChargeProfileMaxStackLevel", true),
        ("ChargingScheduleAllowedChargingRateUnit", true), ("ChargingScheduleMaxPeriods", true),
        ("MaxChargingProfilesInstalled", true),
    ])
    func theRequiredKeysAreThereWithTheirAccess(name: String, isReadOnly: Bool) throws {
        let shown = try #require(get(ConfigurationKeys(), name).configurationKey?.first)
        #expect(shown.key == name)
        #expect(shown.readonly == isReadOnly)
        #expect(shown.value?.isEmpty == false || name.hasPrefix("StopTxn"))
    }

    @Test func everyDefaultIsAValueThatItsKeyTakesAndEveryNameFits() throws {
        #expect(Set(ConfigurationKey.all.map { $0.name.lowercased() }).count == ConfigurationKey.all.count)
        for key in ConfigurationKey.all {
            if let value = key.defaultValue { #expect(key.type.normalised(value) == value, "\(key.name)") }
            #expect(key.name.count <= 46, "a suffix must fit the 50 characters")
            #expect(!key.text.isEmpty)
        }
        let keys = ConfigurationKeys(connectors: Set(1...9))
        try get(keys).validate()
    }

    /// Behaviour 56.
    @Test func withoutNamesAllAreListedIndividualOnesOncePerConnectorAndNoSecret() throws {
        var keys = ConfigurationKeys(connectors: [1, 2, 5])
        expect(&keys, "AuthorizationKey", "0123456789abcdef0123456789abcdef", .accepted)
        let names = try #require(get(keys).configurationKey).map(\.key)
        #expect(
            names.filter { $0.hasPrefix("ConnectorPhaseRotation") && !$0.hasSuffix("MaxLength") }
                == ["ConnectorPhaseRotation", "ConnectorPhaseRotation_2", "ConnectorPhaseRotation_5"])
        #expect(names.filter { $0.hasPrefix("HeartbeatInterval") } == ["HeartbeatInterval"])
        #expect(!names.contains("AuthorizationKey"))
        #expect(get(keys).unknownKey == nil)
        let secret = try #require(get(keys, "AuthorizationKey").configurationKey?.first)
        #expect(secret.value == nil)
        #expect(get(keys, "NumberOfConnectors").configurationKey?.first?.value == "5")
    }

    @Test func unknownNamesAreListedAsUnknown() {
        let answer = get(ConfigurationKeys(connectors: [1, 2]), "Foo", "heartbeatinterval", "HeartbeatInterval_2")
        #expect(answer.unknownKey == ["Foo", "HeartbeatInterval_2"])
        #expect(answer.configurationKey?.map(\.key) == ["HeartbeatInterval"])
    }

    /// Behaviour 55.
    @Test(arguments: [
        ("Foo", "1", ConfigurationStatus.notSupported), ("NumberOfConnectors", "3", .rejected),
        ("HeartbeatInterval", "-1", .rejected), ("HeartbeatInterval", "abc", .rejected),
        ("HeartbeatInterval", "", .rejected), ("HeartbeatInterval", "1.5", .rejected),
        ("HeartbeatInterval", "+5", .rejected),
        ("HeartbeatInterval", "99999999999999999999", .rejected), ("HeartBeatInterval", "120", .accepted),
        ("AuthorizationCacheEnabled", "0", .accepted), ("AuthorizationCacheEnabled", "TRUE", .accepted),
        ("AuthorizationCacheEnabled", "yes", .rejected), ("WebSocketPingInterval", "30", .rebootRequired),
        ("MeterValuesSampledData", "Voltage,Current.Import.L1, Power.Active.Import", .accepted),
        ("MeterValuesSampledData", "Voltage,Foo", .rejected), ("MeterValuesSampledData", "Voltage,,SoC", .rejected),
        ("MeterValuesSampledData", "", .accepted), ("FreeChargingMode", "5", .accepted),
        ("FreeChargingMode", "6", .rejected),
        ("MeterValuesSampledData_2", "Voltage", .notSupported), ("OperatorCurrentLimit_2", "16", .accepted),
        ("OperatorCurrentLimit_1", "16", .notSupported), ("OperatorCurrentLimit_02", "16", .notSupported),
        ("OperatorCurrentLimit_3", "16", .notSupported), ("OperatorCurrentLimit_", "16", .notSupported),
        ("OperatorCurrentLimit_x", "16", .notSupported), ("OperatorCurrentLimit_-2", "16", .notSupported),
        ("OperatorCurrentLimit_0", "16", .notSupported), ("BackendConnectionTimeout_2", "60", .notSupported),
        ("FirmwareVersion_2", "1", .rejected),
    ])
    func aChangeIsAnsweredByTheRules(key: String, value: String, status: ConfigurationStatus) {
        var keys = ConfigurationKeys(connectors: [1, 2])
        expect(&keys, key, value, status)
    }

    @Test func tooManyMeasurandsAreRejected() {
        var keys = ConfigurationKeys()
        let all = Measurand.allCases.map(\.rawValue)
        #expect(all.count == 22)
        expect(&keys, "MeterValuesSampledData", all.joined(separator: ","), .accepted)
        expect(&keys, "MeterValuesSampledData", (all + ["Voltage.L1"]).joined(separator: ","), .rejected)
        #expect(MeasurandSelection.list(keys.value("MeterValuesSampledData") ?? "").count == 22)
    }

    @Test func anIndividualKeyHasItsOwnValueForEachConnector() {
        var keys = ConfigurationKeys(connectors: [1, 2])
        expect(&keys, "OperatorCurrentLimit", "20", .accepted)
        expect(&keys, "OperatorCurrentLimit_2", "10", .accepted)
        #expect(keys.integer("OperatorCurrentLimit") == 20)
        #expect(keys.integer("OperatorCurrentLimit", connector: 2) == 10)
        #expect(keys.values == ["OperatorCurrentLimit": "20", "OperatorCurrentLimit_2": "10"])
        keys.setConnectors([1, 3])
        #expect(keys.values == ["OperatorCurrentLimit": "20"])
    }

    @Test func thePhaseRotationIsTakenInBothNotations() {
        var keys = ConfigurationKeys(connectors: [1, 2, 3])
        expect(&keys, "ConnectorPhaseRotation", "rts", .accepted)
        #expect(keys.value("ConnectorPhaseRotation") == "RTS")
        expect(&keys, "ConnectorPhaseRotation_2", "STR", .accepted)
        expect(&keys, "ConnectorPhaseRotation", "0.RST, 1.RST,2.RTS", .accepted)
        #expect(keys.value("ConnectorPhaseRotation") == "RST")
        #expect(keys.value("ConnectorPhaseRotation", connector: 2) == "RTS")
        #expect(keys.value("ConnectorPhaseRotation", connector: 3) == "RST")
        expect(&keys, "ConnectorPhaseRotation_2", "2.TSR", .accepted)
        #expect(keys.value("ConnectorPhaseRotation", connector: 2) == "TSR")
        let before = keys.values
        for value in [
            "1.RST,7.RST", "1.RST,1.RTS", "1.XYZ", "RST,RTS", "0.RTS", "0.RST", "1.", ".RST", "", "-1.RST", "123",
        ] {
            expect(&keys, "ConnectorPhaseRotation", value, .rejected)
        }
        expect(&keys, "ConnectorPhaseRotation_2", "1.RST,2.RST", .rejected)
        #expect(keys.values == before)
    }

    /// The table of the load management: what is at L1, L2 and L3.
    @Test func rotationsMeanPhases() {
        let expected: [(PhaseRotation, [Int]?)] = [
            (.rst, [1, 2, 3]), (.rts, [1, 3, 2]), (.srt, [2, 1, 3]), (.str, [2, 3, 1]), (.trs, [3, 1, 2]),
            (.tsr, [3, 2, 1]), (.unknown, nil), (.notApplicable, nil),
        ]
        for (rotation, phases) in expected { #expect(rotation.phases == phases) }
    }

    @Test func aKeyOfAllBoxesIsAnsweredAsTheWorstOfThem() throws {
        let keys = ConfigurationKeys(connectors: [1, 2])
        let change = try keys.plan(ChangeConfigurationRequest(key: "ConnectionTimeOut", value: "90")).get()
        #expect(change.key.scope == .both)
        #expect(change.parts == [.init(connector: nil, value: "90")])
        #expect(change.status(boxes: [.accepted, .accepted]) == .accepted)
        #expect(change.status(boxes: [.accepted, .rebootRequired]) == .rebootRequired)
        #expect(change.status(boxes: [.rebootRequired, .rejected]) == .rejected)
        #expect(change.status(boxes: [.notSupported]) == .rejected)
        #expect(keys.value("ConnectionTimeOut") == "60")
    }

    /// Behaviour 66.
    @Test func theSecurityProfileCanOnlyBeRaised() {
        var keys = ConfigurationKeys()
        expect(&keys, "SecurityProfile", "2", .accepted)
        expect(&keys, "SecurityProfile", "1", .rejected)
        expect(&keys, "SecurityProfile", "2", .accepted)
        expect(&keys, "SecurityProfile", "4", .rejected)
        #expect(keys.integer("SecurityProfile") == 2)
    }

    @Test func anAuthorizationKeyIsHexadecimalBytesOrAText() {
        #expect(AuthorizationKey("000102030405060708090a0b0c0d0e0fFF")?.password == Array(0...15) + [255])
        #expect(AuthorizationKey("correct horse battery")?.password == Array("correct horse battery".utf8))
        #expect(AuthorizationKey("0123456789abcdef")?.password == Array("0123456789abcdef".utf8))
        #expect(AuthorizationKey("short") == nil)
        #expect(AuthorizationKey(String(repeating: "a", count: 41)) == nil)
        #expect(AuthorizationKey("tab\tin the middle of it") == nil)
        #expect(AuthorizationKey("+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1")?.password.count == 32)
    }

    @Test func storedValuesThatAreNotAllowedAnyMoreAreLeftOut() {
        let keys = ConfigurationKeys(
            connectors: [1, 2],
            values: [
                "HeartbeatInterval": "0", "ConnectionTimeOut": "45", "Gone": "1", "OperatorCurrentLimit_2": "8",
                "OperatorCurrentLimit_9": "8", "FirmwareVersion_2": "4.5",
            ])
        #expect(keys.values == ["ConnectionTimeOut": "45", "OperatorCurrentLimit_2": "8", "FirmwareVersion_2": "4.5"])
        #expect(keys.integer("HeartbeatInterval") == 300)
        var same = keys
        let (isSet, isUnknown) = (
            same.set("FirmwareVersion", connector: 2, to: "4.6"), same.set("FirmwareVersion", connector: 7, to: "4.6")
        )
        #expect(isSet)
        #expect(!isUnknown)
        #expect(same.value("FirmwareVersion", connector: 2) == "4.6")
    }
}
