import Testing

@testable import OCPP

@Suite struct SlaveProvisioningTests {
    private func abilities(_ keys: [String: String], readOnly: Set<String> = []) -> SlaveAbilities {
        SlaveAbilities(keys.map { KeyValue(key: $0.key, readonly: readOnly.contains($0.key), value: $0.value) })
    }

    private func changes(_ abilities: SlaveAbilities, isWebSocket: Bool = true) -> [String: String] {
        let settings = CentralSettings(heartbeatInterval: 60, sampleInterval: 9, pingInterval: 30)
        let list = SlaveProvisioning.changes(abilities, settings, isWebSocket: isWebSocket)
        return Dictionary(list.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    }

    @Test func onlyWhatDiffersAndCanBeChangedIsChanged() {
        let keys = abilities(
            ["heartbeatinterval": "60", "MeterValueSampleInterval": "60", "WebSocketPingInterval": "0"],
            readOnly: ["WebSocketPingInterval"])
        #expect(changes(keys) == ["MeterValueSampleInterval": "9"])
    }

    @Test func aSlaveThatShowsNoKeysIsSentAll() {
        #expect(
            changes(SlaveAbilities()) == [
                "HeartbeatInterval": "60", "MeterValueSampleInterval": "9", "WebSocketPingInterval": "30",
            ])
        #expect(changes(SlaveAbilities(), isWebSocket: false)["WebSocketPingInterval"] == nil)
    }

    @Test func theRateUnitIsReadAsTheStandardAndTheFieldWriteIt() {
        func unit(_ value: String) -> ChargingRateUnit {
            abilities(["ChargingScheduleAllowedChargingRateUnit": value]).rateUnit
        }
        #expect(unit("Current") == .amperes)
        #expect(unit("Power") == .watts)
        #expect(unit("Power, Current") == .amperes)
        #expect(unit("W") == .watts)
        #expect(unit("A") == .amperes)
        #expect(unit("") == .amperes)
        #expect(SlaveAbilities().rateUnit == .amperes)
    }

    @Test func aSlaveWithoutAListOfProfilesIsAskedForEverything() {
        #expect(SlaveAbilities().has("SmartCharging"))
        let core = abilities(["SupportedFeatureProfiles": "Core, RemoteTrigger"])
        #expect(core.has("remotetrigger"))
        #expect(!core.has("SmartCharging"))
    }

    /// What a slave does that takes at most `most` measurands, and only these.
    private func search(
        _ wanted: [Measurand], takes: Set<Measurand>, most: Int, abilities: SlaveAbilities = SlaveAbilities()
    ) -> (tried: [String], value: String?) {
        var search = MeasurandSearch(wanted, abilities)
        var tried: [String] = []
        var value: String?
        while let change = search.next, tried.count < 50 {
            tried.append(change.value)
            let list = change.value.split(separator: ",").map(String.init)
            let isTaken = list.count <= most && list.allSatisfy { name in takes.contains { $0.rawValue == name } }
            if isTaken { value = change.value }
            search.answered(isTaken)
        }
        return (tried, value)
    }

    @Test func aWholeListThatIsTakenEndsTheSearch() {
        let found = search([.voltage, .currentImport], takes: [.voltage, .currentImport], most: 5)
        #expect(found.tried == ["Voltage,Current.Import"])
    }

    @Test func measurandsAreTriedOneByOneWhenTheListIsRefused() {
        let found = search(
            [.energyActiveImportRegister, .stateOfCharge, .voltage],
            takes: [.energyActiveImportRegister, .voltage], most: 5)
        #expect(
            found.tried == [
                "Energy.Active.Import.Register,SoC,Voltage", "Energy.Active.Import.Register", "SoC", "Voltage",
                "Energy.Active.Import.Register,Voltage",
            ])
        #expect(found.value == "Energy.Active.Import.Register,Voltage")
    }

    @Test func theLeastWantedAreGivenUpFirst() {
        let all: [Measurand] = [.energyActiveImportRegister, .currentImport, .voltage]
        #expect(search(all, takes: Set(all), most: 2).value == "Energy.Active.Import.Register,Current.Import")
        #expect(search(all, takes: Set(all), most: 1).value == "Energy.Active.Import.Register")
        #expect(search(all, takes: [], most: 3).value == nil)
        let two = abilities(["MeterValuesSampledDataMaxLength": "2", "MeterValuesSampledData": ""])
        #expect(
            search(all, takes: Set(all), most: 9, abilities: two).tried
                == ["Energy.Active.Import.Register,Current.Import"])
    }

    @Test func nothingIsTriedThatIsThereOrFixed() {
        let there = abilities(["MeterValuesSampledData": "Voltage, Current.Import"])
        #expect(MeasurandSearch([.currentImport, .voltage], there).next == nil)
        let fixed = abilities(["MeterValuesSampledData": "Voltage"], readOnly: ["MeterValuesSampledData"])
        #expect(MeasurandSearch([.currentImport, .voltage], fixed).next == nil)
    }
}
