import OCPP
import Testing

@testable import Host

/// The key ConnectorPhaseRotation beside the site file.
@Suite struct ConnectorRotationsTests {
    @Test(arguments: [
        ("123", "RST"), ("132", "RTS"), ("213", "SRT"), ("231", "STR"), ("312", "TRS"), ("321", "TSR"),
        ("unknown", "Unknown"),
    ]) func rotationsHaveTheNamesOfTheKey(_ rotation: String, _ name: String) {
        #expect(ConnectorRotations.value(rotation).rawValue == name)
        #expect(ConnectorRotations.text(ConnectorRotations.value(rotation)) == rotation)
    }

    @Test func keysThatNobodySetSayWhatTheSiteFileSays() {
        var keys = ["ConnectorPhaseRotation_3": "RTS"]
        ConnectorRotations.fill(&keys, [1: "231", 2: "123", 3: "312", 4: "unknown"])
        #expect(
            keys == [
                "ConnectorPhaseRotation": "STR", "ConnectorPhaseRotation_3": "RTS",
                "ConnectorPhaseRotation_4": "Unknown",
            ])
    }

    @Test func aBoxIsInDoubtWhileBothSayDifferentThings() {
        var keys = ConfigurationKeys(connectors: [1, 2, 3])
        let rotations = [1: "123", 2: "231", 3: "123"]
        keys.set("ConnectorPhaseRotation", connector: 2, to: "STR")
        #expect(ConnectorRotations.doubted(keys, rotations) == [:])
        keys.set("ConnectorPhaseRotation", connector: 1, to: "TRS")
        keys.set("ConnectorPhaseRotation", connector: 3, to: "NotApplicable")
        #expect(ConnectorRotations.doubted(keys, rotations) == [1: .trs])
    }
}
