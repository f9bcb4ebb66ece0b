import Storage
import Testing

struct SiteStorageTests {
    @Test func theClockIsNotSetBeforeATimeThatHasBeen() async throws {
        let folder = try TemporaryFolder()
        let storage = try await SiteStorage(path: folder.database)
        let newYear2026 = WallTime(milliseconds: 1_767_225_600_000)
        #expect(newYear2026.description == "2026-01-01T00:00:00Z")
        #expect(try await storage.clockState(at: WallTime(milliseconds: 5)) == .notSet(lastSeen: newYear2026))
        #expect(try await storage.clockState(at: noon) == .plausible)
        #expect(try await storage.recordClock(noon) == .plausible)
        let before = noon.advanced(bySeconds: -1)
        #expect(try await storage.clockState(at: before) == .notSet(lastSeen: noon))
        #expect(try await storage.recordClock(before) == .notSet(lastSeen: noon))
        #expect(try await storage.clockState(at: noon) == .plausible, "a wrong clock is not stored")
        await storage.close()
        let again = try await SiteStorage(path: folder.database)
        #expect(try await again.clockState(at: before) == .notSet(lastSeen: noon))
    }

    @Test func timesReadAsRFC3339() {
        #expect(noon.description == "2026-08-01T12:00:00Z")
        #expect(WallTime(milliseconds: -1).description == "1969-12-31T23:59:59Z")
        #expect(WallTime(milliseconds: 951_782_400_999).description == "2000-02-29T00:00:00Z")
    }

    @Test func driversStoreApart() async throws {
        let folder = try TemporaryFolder()
        let storage = try await SiteStorage(path: folder.database)
        try await storage.store(of: "a").set("count", to: "1")
        try await storage.store(of: "a").set("count", to: "2")
        try await storage.store(of: "b").set("count", to: "9")
        #expect(try await storage.store(of: "a").value("count") == "2")
        #expect(try await storage.store(of: "a").all() == ["count": "2"])
        try await storage.store(of: "a").set("count", to: nil)
        #expect(try await storage.store(of: "a").value("count") == nil)
        #expect(try await storage.store(of: "b").value("count") == "9")
    }

    @Test func settingsAreStoredTogetherOrNotAtAll() async throws {
        let folder = try TemporaryFolder()
        let storage = try await SiteStorage(path: folder.database)
        try await storage.setSettings(["language": "de", "limit": "32 A"])
        try await storage.setSettings(["language": nil, "limit": "20 A"])
        #expect(try await storage.settings() == ["limit": "20 A"])
        #expect(try await storage.setting("language") == nil)
        try await storage.setSetting("limit", to: "")
        #expect(try await storage.setting("limit") == "")
    }

    @Test func connectorNumbersAreGivenOnceAndNeverAgain() async throws {
        let folder = try TemporaryFolder()
        let storage = try await SiteStorage(path: folder.database)
        #expect(try await storage.connector(of: "own", at: noon) == 1)
        #expect(try await storage.connector(of: "left", wanted: 5, at: noon) == 5)
        #expect(try await storage.connector(of: "right", at: noon) == 6)
        try await storage.retireConnector(of: "right", at: noon)
        #expect(try await storage.connector(of: "new", at: noon) == 7, "6 is not used again")
        await #expect(throws: StorageError.connectorTaken(number: 6, by: "right")) {
            try await storage.connector(of: "other", wanted: 6)
        }
        await #expect(throws: StorageError.connectorFixed(device: "left", number: 5)) {
            try await storage.connector(of: "left", wanted: 9)
        }
        await storage.close()
        let again = try await SiteStorage(path: folder.database)
        #expect(try await again.connector(of: "left") == 5)
        #expect(try await again.connectors().map(\.retiredAt) == [nil, nil, noon, nil])
        #expect(try await again.connector(of: "right", wanted: 6) == 6, "a device that comes back has its number")
        #expect(try await again.connectors().map(\.retiredAt) == [nil, nil, nil, nil])
        #expect(try await again.connectors().map(\.device) == ["own", "left", "right", "new"])
    }

    @Test func theFirstNumberCanBeKeptForTheOwnBox() async throws {
        let folder = try TemporaryFolder()
        let storage = try await SiteStorage(path: folder.database)
        #expect(try await storage.connector(of: "slave", lowest: 2) == 2)
        #expect(try await storage.connector(of: "own", wanted: 1) == 1)
        #expect(try await storage.connector(of: "next", lowest: 2) == 3)
    }

    @Test func aHundredDevicesAtOnceGetAHundredNumbers() async throws {
        let folder = try TemporaryFolder()
        let storage = try await SiteStorage(path: folder.database)
        let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<100 { group.addTask { try await storage.connector(of: "box\(number)") } }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(numbers == Set(1...100))
    }

    @Test func anAlarmIsOpenOnceUntilItIsCleared() async throws {
        let folder = try TemporaryFolder()
        let storage = try await SiteStorage(path: folder.database)
        let first = try await storage.raiseAlarm(code: "above", device: "box", text: "20 A", at: noon)
        #expect(try await storage.raiseAlarm(.fault, code: "above", device: "box", text: "25 A", at: noon) == first)
        try await storage.raiseAlarm(code: "above", text: "the site", at: noon)
        #expect(try await storage.openAlarms().map(\.text) == ["25 A", "the site"])
        #expect(try await storage.openAlarms().map(\.level) == [.fault, .warning])
        try await storage.clearAlarm(code: "above", device: "box", at: noon.advanced(bySeconds: 60))
        try await storage.clearAlarm(code: "unknown")
        #expect(try await storage.openAlarms().map(\.device) == [nil])
        let ended = try await storage.events(last: 10, device: "box")
        #expect(ended.map(\.clearedAt) == [noon.advanced(bySeconds: 60)])
        #expect(try await storage.raiseAlarm(code: "above", device: "box", text: "again") != first)
    }

    @Test func theLogKeepsTheNewestEventsAndEveryOpenAlarm() async throws {
        let folder = try TemporaryFolder()
        let storage = try await SiteStorage(path: folder.database)
        try await storage.raiseAlarm(code: "old", text: "still open", at: noon)
        try await storage.database.execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)
            INSERT INTO events (at, level, code, text, is_alarm) SELECT i, 'notice', 'bulk', 'text', 0 FROM n
            """)
        let newest = try await storage.recordEvent(.notice, code: "last", device: "box", text: "now", at: noon)
        let count = try await storage.database.query("SELECT count(*) AS n FROM events").first?.integer("n")
        #expect(count == Int64(SiteStorage.eventsKept) + 1)
        #expect(try await storage.openAlarms().map(\.text) == ["still open"])
        #expect(try await storage.events(last: 2).map(\.id) == [newest, newest - 1])
        #expect(try await storage.events(last: 2, device: "box").map(\.code) == ["last"])
    }
}
