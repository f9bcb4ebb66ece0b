import Foundation
import Storage
import Testing

@testable import Host

/// What the backend is told of firmware after the restart that it ended in.
@Suite struct FirmwareRecordTests {
    private func ended(_ now: FirmwareRecord, after before: FirmwareRecord, signed: Int? = nil) async
        -> FirmwareRecord.End?
    {
        await before.begin(signedRequest: signed)
        return await now.ended()
    }

    @Test func anotherVersionOrAnotherStartOfTheMachineMeansInstalled() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("f-" + UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let storage = try await SiteStorage(path: folder + "/site.sqlite")
        let before = FirmwareRecord(storage: storage, version: "1.0", boot: "a")
        #expect(await before.ended() == nil)
        let updated = FirmwareRecord(storage: storage, version: "1.1", boot: "a")
        #expect(await ended(updated, after: before, signed: 7) == .init(isInstalled: true, signedRequest: 7))
        #expect(await updated.ended() == nil, "it is told once")
        let rebooted = FirmwareRecord(storage: storage, version: "1.0", boot: "b")
        #expect(await ended(rebooted, after: before) == .init(isInstalled: true, signedRequest: nil))
        #expect(await ended(before, after: before) == .init(isInstalled: false, signedRequest: nil))
        await before.begin(signedRequest: nil)
        await before.forget()
        #expect(await rebooted.ended() == nil)
        await storage.close()
    }
}
