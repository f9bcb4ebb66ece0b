import Foundation
import Storage
import Testing

struct ToldTests {
    private let told = StoredTold(
        value: "16 A", acknowledged: false, followed: [10_000, 16_000], fallback: 6_000, watchdog: 60_000,
        further: ["phases": "3"])

    @Test func whatADeviceWasToldComesBackAfterARestart() async throws {
        let folder = try TemporaryFolder()
        let storage = try await SiteStorage(path: folder.database)
        #expect(try await storage.told(device: "box") == nil)
        try await storage.storeTold(device: "box", told, at: noon)
        await storage.close()
        let again = try await SiteStorage(path: folder.database)
        #expect(try await again.told(device: "box") == told)
        #expect(try await again.toldRecord(device: "box")?.storedAt == noon)
    }

    @Test func theNewestReplacesTheOlderAndGenerationsRise() async throws {
        let folder = try TemporaryFolder()
        let storage = try await SiteStorage(path: folder.database)
        let first = try await storage.storeTold(device: "a", told)
        let second = try await storage.storeTold(device: "b", told)
        let stop = StoredTold(value: "off", acknowledged: true, followed: [0])
        let third = try await storage.storeTold(device: "a", stop)
        #expect(first < second && second < third)
        #expect(try await storage.told(device: "a") == stop)
        #expect(try await storage.told(device: "b") == told)
        try await storage.forgetTold(device: "a")
        let fourth = try await storage.storeTold(device: "a", stop)
        #expect(fourth > third, "a generation is never used twice")
        #expect(try await storage.toldRecords().map(\.device) == ["a", "b"])
    }

    @Test func aStateNobodyCanReadDoesNotHideTheOthers() async throws {
        let folder = try TemporaryFolder()
        let storage = try await SiteStorage(path: folder.database)
        try await storage.storeTold(device: "odd", state: Array("{}".utf8))
        try await storage.storeTold(device: "box", told)
        let error = await #expect(throws: StorageError.self) { try await storage.told(device: "odd") }
        #expect(error?.description.contains("'odd'") == true)
        let records = try await storage.toldRecords()
        #expect(records.map { try? $0.decoded(as: StoredTold.self) } == [told, nil])
    }

    @Test func aTypeOfTheCallersOwnCanBeStored() async throws {
        struct Own: Codable, Equatable { var steps: [Int] }
        let folder = try TemporaryFolder()
        let storage = try await SiteStorage(path: folder.database)
        try await storage.storeTold(device: "box", encoding: Own(steps: [1, 2]))
        #expect(try await storage.toldRecord(device: "box")?.decoded(as: Own.self) == Own(steps: [1, 2]))
        #expect(try await storage.toldRecord(device: "box")?.state == Array(#"{"steps":[1,2]}"#.utf8))
    }

    @Test func aHundredDevicesStoredAtOnceAreAllThere() async throws {
        let folder = try TemporaryFolder()
        let storage = try await SiteStorage(path: folder.database)
        let told = told
        try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 0..<100 { group.addTask { try await storage.storeTold(device: "box\(number)", told) } }
            var generations: Set<Int64> = []
            for try await generation in group { generations.insert(generation) }
            #expect(generations.count == 100)
        }
        #expect(try await storage.toldRecords().count == 100)
    }
}
