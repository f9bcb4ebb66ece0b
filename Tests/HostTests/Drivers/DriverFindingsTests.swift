import Foundation
import Testing

@testable import Host

/// What the doctor says of driver programs.
@Suite struct DriverFindingsTests {
    @Test func driversOfTheSiteAreNamedAndMissingOnesAreBad() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("d-" + UUID().uuidString.prefix(8))
        defer { try? FileManager.default.removeItem(at: folder) }
        try DriverBench.write("peer", "good", in: folder)
        let site = DriverBench.site([("a", "peer"), ("b", "gone")], folder)
        let findings = DriverFindings(site: site).all()
        #expect(findings.map(\.subject) == ["driver programs", "driver gone", "driver peer"])
        #expect(findings.last?.state == .good)
        #expect(findings.last?.text == "version 1.0.0 in \(folder.path)/drivers/peer, for a")
        #expect(findings[1].state == .bad)
        #expect(findings[1].text.hasPrefix("b: there is no driver gone in "))
        #expect(DriverFindings(site: nil).all().isEmpty)
    }
}
