import Testing

@testable import Host

/// The entries that a scan prints, read by the site file's own reader.
@Suite struct SiteEntryTests {
    private let library = ProfileLibrary()

    private func find(_ profile: String, address: String, unit: UInt8, serial: String = "1") throws -> ScanFind {
        let document = try #require(try library.load(profile).document)
        return ScanFind(
            address: address, unit: unit,
            ScanIdentity(profile: document.profile, score: 100, isCertain: true, others: [], names: ["serial": serial]))
    }

    private func read(_ report: ScanReport) throws -> Site {
        let entries = try #require(report.siteEntries)
        let text = "schema: site/1\nname: Found\nsupply: {limit: 63 A}\n" + entries + "\n"
        let (site, problems) = SiteReader.read(Array(text.utf8), file: "/site.yaml")
        #expect(problems.isEmpty, "\(problems.map(\.message))\n\(text)")
        return try #require(site)
    }

    @Test func everyProfileOfTheLibraryGivesAnEntryThatPassesTheCheck() throws {
        for entry in library.entries() {
            var report = ScanReport(
                searched: [], found: [try find(entry.id, address: "/dev/ttyUSB0,9600,8,n,1", unit: 3)])
            report.name()
            let site = try read(report)
            #expect(site.devices.map(\.profile) == [entry.id])
            #expect(site.devices.map(\.address) == ["/dev/ttyUSB0,9600,8,n,1"])
            #expect(site.devices.map(\.unit) == [3])
            let errors = SiteCheck(site, library: library).report().problems.filter { $0.severity == .error }
            #expect(errors.isEmpty, "\(entry.id): \(errors.map(\.message))")
        }
    }

    @Test func idsAreNeitherTakenNorGivenTwice() throws {
        var report = ScanReport(
            searched: [],
            found: try (1...3).map { try find("eastron.sdm630", address: "10.0.0.\($0):502", unit: 1) })
        report.name(besides: ["sdm630-2"])
        #expect(report.found.map(\.id) == ["sdm630", "sdm630-3", "sdm630-4"])
        #expect(try read(report).devices.count == 3)
    }

    /// A device may call itself whatever it likes; nothing of it becomes an entry.
    @Test func whatADeviceSaysOfItselfStaysInAComment() throws {
        let names = "x\n  - {id: evil, profile: a.b, address: \"1.2.3.4\"}\u{2028}\u{85}\r  - id: worse"
        var report = ScanReport(
            searched: [], found: [try find("cfos.power-brain", address: "10.0.0.1:4701", unit: 1, serial: names)])
        report.name()
        #expect(try read(report).devices.map(\.id) == ["power-brain"])
    }

    @Test func aUnitThatNobodyKnowsIsAComment() throws {
        let unknown = ScanIdentity(profile: nil, score: 0, isCertain: false, others: [], names: [:])
        var report = ScanReport(
            searched: [],
            found: [
                ScanFind(address: "10.0.0.1:502", unit: 9, unknown),
                try find("keba.p30", address: "10.0.0.2:502", unit: 255),
            ])
        report.name()
        #expect(report.found[0].entry.contains("10.0.0.1:502, unit 9"))
        #expect(try read(report).devices.map(\.id) == ["p30"])
    }
}
