import Foundation
import Testing

@testable import OCPP

@Suite struct BinaryDocumentTests {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Documentation/binary-ocpp.md")

    /// To renew the page: CHARGEHOST_WRITE_PAGES=1 swift test --filter BinaryDocumentTests
    @Test func thePageIsTheOneThatTheTablesGive() throws {
        if ProcessInfo.processInfo.environment["CHARGEHOST_WRITE_PAGES"] != nil {
            try Data(BinaryDocument.markdown.utf8).write(to: Self.page)
        }
        #expect(try String(contentsOf: Self.page, encoding: .utf8) == BinaryDocument.markdown)
    }

    @Test func everyPropertyOfEveryMessageHasOneNumber() {
        var names: Set<String> = []
        func collect(_ rule: ObjectRule) {
            for field in rule.fields {
                names.insert(field.name)
                var kind = field.kind
                if let element = kind.element { kind = element }
                if case .object(let part) = kind { collect(part) }
            }
        }
        Action.allCases.flatMap(\.rules).forEach(collect)
        #expect(Set(PropertyNumbers.names) == names)
        #expect(PropertyNumbers.names.count == names.count)
    }

    /// Numbers that devices in the field were built with.
    @Test func theNumbersStayWhatTheyAre() {
        #expect(Action.allCases.prefix(3) == [.authorize, .bootNotification, .cancelReservation])
        #expect(Action.updateFirmware.number == 27)
        #expect(Action.signedUpdateFirmware.number == 38)
        #expect(ErrorCode.genericError.number == 9)
        #expect(PropertyNumbers.number(of: "value") == 0)
        #expect(PropertyNumbers.number(of: "readonly") == 23)
        #expect(PropertyNumbers.number(of: "vendorId") == 95)
    }
}
