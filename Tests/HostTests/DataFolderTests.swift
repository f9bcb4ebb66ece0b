import Foundation
import Testing

@testable import Host

@Suite struct DataFolderTests {
    @Test func onlyOneHostRunsOnAFolder() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var first: DataFolder? = try DataFolder(path)
        #expect(DataFolder.isLocked(path))
        #expect(throws: DataFolderError.locked(path, "\(getpid())")) { try DataFolder(path) }
        _ = first
        first = nil
        #expect(!DataFolder.isLocked(path))
        _ = try DataFolder(path)
    }

    @Test func aFileInItsPlaceIsNamed() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data().write(to: URL(fileURLWithPath: path))
        do {
            _ = try DataFolder(path)
            Issue.record("a file was taken for a folder")
        } catch {
            #expect(error.description.contains(path))
            #expect(error.description.contains("--data"))
        }
    }

    @Test(
        arguments: [
            ("/given", ["CHARGEHOST_DATA": "/a", "STATE_DIRECTORY": "/b", "HOME": "/h"], "/given"),
            (nil, ["CHARGEHOST_DATA": "/a", "STATE_DIRECTORY": "/b", "HOME": "/h"], "/a"),
            (nil, ["STATE_DIRECTORY": "/b", "HOME": "/h"], "/b"),
            (nil, ["HOME": "/h"], "/h/.local/share/chargehost/garage-nord"),
        ] as [(String?, [String: String], String)])
    func thePlaceFollowsTheOrderOfTheInterface(_ given: String?, _ environment: [String: String], _ expected: String) {
        #expect(DataFolder.path(given: given, site: "Garage Nord", environment: environment) == expected)
    }
}
