import Foundation
import Testing

@testable import OCPP

/// Compares the rules with the JSON schemas that the Python package `ocpp` carries; they are those of the standard.
@Suite struct SchemaComparisonTests {
    static let folder: URL? = {
        guard let venv = ProcessInfo.processInfo.environment["CHARGEHOST_VENV"] else { return nil }
        let library = URL(filePath: venv).appending(path: "lib")
        let pythons = (try? FileManager.default.contentsOfDirectory(at: library, includingPropertiesForKeys: nil)) ?? []
        return pythons.map { $0.appending(path: "site-packages/ocpp/v16/schemas") }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }()

    /// Where the rules say more than the schema, with the reason.
    static let known: Set<String> = [
        // A reading of the frequency in a bill; the schema's list has no unit for it, that of MeterValues has.
        "StopTransaction.req.transactionData[].sampledValue[].unit: Hertz is not in the schema",
        // A reading without a value, or a schedule without a limit, says nothing: 1..* in the standard's tables.
        "StopTransaction.req.transactionData[].sampledValue: at least 1, schema 0",
        "GetCompositeSchedule.conf.chargingSchedule.chargingSchedulePeriod: at least 1, schema 0",
        "RemoteStartTransaction.req.chargingProfile.chargingSchedule.chargingSchedulePeriod: at least 1, schema 0",
        "SetChargingProfile.req.csChargingProfiles.chargingSchedule.chargingSchedulePeriod: at least 1, schema 0",
    ]

    @Test(.enabled(if: folder != nil), arguments: Action.allCases)
    func theRulesAreThoseOfTheSchemas(action: Action) throws {
        let folder = try #require(Self.folder)
        for (rule, name) in zip(action.rules, [action.rawValue, action.rawValue + "Response"]) {
            let bytes = try Data(contentsOf: folder.appending(path: name + ".json"))
            let text = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes
            guard case .object(let schema) = try JSONReader(maximumDepth: 40).read(Array(text)) else {
                Issue.record("\(name) is no object")
                continue
            }
            let found = SchemaComparison(root: schema).differences(rule, schema, at: rule.name)
            #expect(found.filter { !Self.known.contains($0) } == [])
        }
    }
}
