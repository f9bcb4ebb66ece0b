import DriverAPI
import Foundation
import Licensing
import Testing

@testable import Host

/// Driver programs in the site file, and in the check of a site.
@Suite struct DriverSiteTests {
    private static func text(_ device: String, _ more: String = "") -> String {
        """
        schema: site/1
        name: Garage
        supply: {limit: 35 A}
        devices:
          - \(device)
        \(more)
        """
    }

    private func read(_ text: String) -> (site: Site?, problems: [String]) {
        let (site, problems) = SiteReader.read(Array(text.utf8), file: "s.yaml")
        return (site, problems.map { $0.text(file: "s.yaml") })
    }

    @Test func aDeviceHasADriverInPlaceOfAProfile() throws {
        let (found, problems) = read(
            Self.text("{id: grid, driver: http-meter, address: \"http://10.0.0.7/status\", options: {power: kw}}"))
        #expect(problems == [])
        let site = try #require(found)
        #expect(site.devices[0].driver == "http-meter")
        #expect(site.devices[0].configuration.driver == "http-meter")
        #expect(site.devices[0].configuration.options == ["power": "kw"])
        #expect(site.driverFolders == ["drivers"])
        #expect(
            try #require(read(Self.text("{id: a, profile: p, address: b}", "drivers: [x, y]")).site).driverFolders == [
                "x", "y",
            ])
    }

    @Test func bothAndAnOCPPBoxAreRefused() {
        #expect(
            read(Self.text("{id: a, driver: d, profile: p, address: b}")).problems
                == ["s.yaml:5:33 S040 device a: the driver d says what the device is; leave out profile"])
        #expect(
            read(Self.text("{id: a, driver: d, address: \"ocpp://A\"}")).problems.contains {
                $0.contains("S030 device a: an OCPP box has no driver")
            })
    }

    @Test func theCheckOfASiteKnowsDriversAndTheirOptions() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("d-" + UUID().uuidString.prefix(8))
        defer { try? FileManager.default.removeItem(at: folder) }
        try DriverBench.write("peer", "good", in: folder)
        func problems(_ driver: String, _ options: [String: String] = [:], role: SiteDevice.Role? = nil) -> [String] {
            var site = DriverBench.site([("a", driver)], folder)
            site.devices[0].options = options
            site.devices[0].role = role
            let report = SiteCheck(site, library: ProfileLibrary(local: [], library: nil)).report()
            return report.problems.map { $0.text(file: "s") }
        }
        #expect(problems("peer").map { $0.prefix(20) } == ["s:1:1 S044 warning: "])
        let place = folder.appendingPathComponent("drivers").path
        #expect(problems("pear") == ["s:1:1 S044 device a: there is no driver pear in \(place); there is peer"])
        #expect(
            problems("peer", ["fases": "1"]) == [
                "s:1:1 S041 device a: the driver peer has no option fases; known: phases, rated_current"
            ])
        #expect(
            problems("peer", role: .grid).first == "s:1:1 S042 device a: a wallbox has no role; roles are for meters")
    }

    @Test func whetherABoxCountsEnergyAndUnlocksStandsInTheManifest() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("d-" + UUID().uuidString.prefix(8))
        defer { try? FileManager.default.removeItem(at: folder) }
        func program(_ more: String) throws -> SiteProfiles.Program? {
            try DriverBench.write("peer", "good", more: more, in: folder)
            let site = DriverBench.site([("a", "peer")], folder)
            return SiteProfiles(site, library: ProfileLibrary(local: [], library: nil)).programs.first
        }
        let plain = try #require(try program(""))
        #expect(!plain.countsEnergy && !plain.unlocks)
        let whole = try #require(try program("counts_energy: true\nunlocks: true"))
        #expect(whole.countsEnergy && whole.unlocks)
        #expect(try program("counts_energy: yes") == nil)
    }

    @Test func aMissingProgramIsNamedWithItsDriver() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("d-" + UUID().uuidString.prefix(8))
        defer { try? FileManager.default.removeItem(at: folder) }
        try DriverBench.write("peer", "good", in: folder)
        let manifest = folder.appendingPathComponent("drivers/peer/driver.yaml")
        let text = try String(contentsOf: manifest, encoding: .utf8)
        try text.replacing("[python3,", with: "[./not-there,").write(to: manifest, atomically: true, encoding: .utf8)
        let refusal = DriverRoster(DriverBench.site([("a", "peer")], folder)).refusal("peer")
        #expect(refusal.hasPrefix("the driver peer cannot be used: "))
        #expect(refusal.hasSuffix("the program ./not-there of the driver peer is not there or may not be run"))
    }

    @Test func aDeviceWhoseClassNobodyKnowsIsBookedAsABox() {
        let box = SiteDevice(id: "a", profile: "d", driver: "d", address: "x")
        #expect(DriverRoster.deviceClass(of: box, nil) == .wallbox)
        let meter = SiteDevice(id: "a", profile: "d", driver: "d", address: "x", role: .grid)
        #expect(DriverRoster.deviceClass(of: meter, nil) == .meter)
    }

    @Test func aDriverCannotPassItsBoxesOffAsPowerBrains() throws {
        let bytes = Data("id: cfos.power-brain\n".utf8)
        let key = try LicenceWorld().key
        let list = FirstPartyList.text([("cfos.power-brain", Array(bytes))], signedBy: key)
        var makes = BoxMakes(own: FirstPartyList(Array(list.utf8), keys: VendorKeys([key.publicKey])) ?? .empty)
        func make(driver: String?) -> BoxMake? {
            var state = DeviceState(
                entry: SiteDevice(id: "a", profile: "cfos.power-brain", driver: driver, address: "10.0.0.1"), title: "",
                deviceClass: .wallbox, profile: "cfos.power-brain")
            state.link = .online
            state.description = DeviceDescription(deviceClass: .wallbox, identity: ["serial": "PB123456"])
            return makes.boxes([state]) { _ in bytes }.first?.make
        }
        #expect(make(driver: nil) == .powerBrain)
        #expect(make(driver: "cfos.power-brain") == .thirdParty(.plugIn))
    }
}
