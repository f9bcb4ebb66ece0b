import Foundation
import Testing

@testable import OCPP

@Suite struct ConfigurationDocumentTests {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Documentation/ocpp-keys.md")

    /// To renew the page: CHARGEHOST_WRITE_PAGES=1 swift test --filter ConfigurationDocumentTests
    @Test func thePageIsTheOneThatTheTableGives() throws {
        if ProcessInfo.processInfo.environment["CHARGEHOST_WRITE_PAGES"] != nil {
            try Data(ConfigurationDocument.markdown.utf8).write(to: Self.page)
        }
        #expect(try String(contentsOf: Self.page, encoding: .utf8) == ConfigurationDocument.markdown)
    }

    @Test func noCellBreaksTheTable() {
        let rows = ConfigurationDocument.markdown.split(separator: "\n").filter { $0.hasPrefix("| `") }
        #expect(rows.count == ConfigurationKey.all.count)
        for row in rows { #expect(row.filter { $0 == "|" }.count == 9, "\(row)") }
    }
}
