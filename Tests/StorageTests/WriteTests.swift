import Storage
import Testing

struct WriteTests {
    private func storage(_ folder: TemporaryFolder) async throws -> SiteStorage {
        try await SiteStorage(path: folder.database, now: noon)
    }

    @Test func aBudgetIsKeptAndRoomComesBackWithTime() async throws {
        let folder = try TemporaryFolder()
        let storage = try await storage(folder)
        let budget = WriteBudget(3, per: .hour)
        func reserve(_ seconds: Int64) async throws -> Bool {
            try await storage.reserveWrite(
                device: "box", point: "failsafe_current", budget: budget, at: noon.advanced(bySeconds: seconds))
        }
        #expect(try await reserve(0))
        #expect(try await reserve(600))
        #expect(try await reserve(1200))
        #expect(try await !reserve(1800))
        #expect(try await !reserve(3599))
        #expect(try await reserve(3600 + 60))
        #expect(try await !reserve(3600 + 61))
    }

    @Test func aRefusedWriteIsNotCounted() async throws {
        let folder = try TemporaryFolder()
        let storage = try await storage(folder)
        let none = WriteBudget(0, per: .year)
        #expect(try await !storage.reserveWrite(device: "box", point: "p", budget: none, at: noon))
        #expect(try await storage.writeCounts(device: "box", point: "p", at: noon)[.year] == 0)
    }

    @Test func stopAndLoweringAreCountedPastTheBudget() async throws {
        let folder = try TemporaryFolder()
        let storage = try await storage(folder)
        for _ in 0..<5 { try await storage.recordWrite(device: "box", point: "p", at: noon) }
        #expect(try await storage.recordWrite(device: "box", point: "p", at: noon)[.hour] == 6)
        #expect(try await !storage.reserveWrite(device: "box", point: "p", budget: WriteBudget(6, per: .day), at: noon))
    }

    @Test func windowsReachAsFarBackAsTheySay() async throws {
        let folder = try TemporaryFolder()
        let storage = try await storage(folder)
        let hour: Int64 = 3600
        for ago in [0, 2 * hour, 2 * 24 * hour, 10 * 24 * hour, 40 * 24 * hour, 365 * 24 * hour] {
            try await storage.recordWrite(device: "box", point: "p", at: noon.advanced(bySeconds: -ago))
        }
        let counts = try await storage.writeCounts(device: "box", point: "p", at: noon)
        #expect(WriteWindow.allCases.map { counts[$0] } == [1, 2, 3, 4, 6])
    }

    @Test func writesOlderThanAYearAreForgotten() async throws {
        let folder = try TemporaryFolder()
        let storage = try await storage(folder)
        for day in 0..<800 {
            try await storage.recordWrite(
                device: "box", point: "p", at: noon.advanced(bySeconds: Int64(day) * 24 * 3600))
        }
        let rows = try await storage.database.query("SELECT count(*) AS n FROM register_writes")
        #expect(try rows.first?.integer("n") == 367)
    }

    @Test func pointsAndDevicesAreCountedApart() async throws {
        let folder = try TemporaryFolder()
        let storage = try await storage(folder)
        try await storage.recordWrite(device: "a", point: "p", at: noon)
        try await storage.recordWrite(device: "a", point: "q", at: noon)
        try await storage.recordWrite(device: "b", point: "p", at: noon)
        #expect(try await storage.writeCounts(device: "a", point: "p", at: noon)[.year] == 1)
    }

    @Test func aClockThatFellBackGivesNoNewBudget() async throws {
        let folder = try TemporaryFolder()
        let storage = try await storage(folder)
        let budget = WriteBudget(1, per: .year)
        try await storage.recordClock(noon)
        #expect(try await storage.reserveWrite(device: "box", point: "p", budget: budget, at: noon))
        let epoch = WallTime(milliseconds: 0)
        #expect(try await !storage.reserveWrite(device: "box", point: "p", budget: budget, at: epoch))
        try await storage.recordWrite(device: "box", point: "p", at: epoch)
        #expect(try await storage.writeCounts(device: "box", point: "p", at: noon)[.hour] == 2)
    }

    @Test func writesOfAClockThatWasTooFarAheadBecomeWritesOfNow() async throws {
        let folder = try TemporaryFolder()
        let storage = try await storage(folder)
        let ahead = noon.advanced(bySeconds: 10 * 365 * 24 * 3600)
        try await storage.recordClock(ahead)
        try await storage.recordWrite(device: "box", point: "p", at: ahead)
        try await storage.recordWrite(device: "box", point: "p", at: ahead.advanced(bySeconds: 3600))
        try await storage.acceptClock(noon)
        #expect(try await storage.clockState(at: noon) == .plausible)
        #expect(try await storage.writeCounts(device: "box", point: "p", at: noon)[.hour] == 2)
        let later = noon.advanced(bySeconds: 2 * 3600)
        #expect(try await storage.writeCounts(device: "box", point: "p", at: later)[.hour] == 0)
    }

    @Test func ofAHundredWritesAtOnceOnlyTheBudgetPasses() async throws {
        let folder = try TemporaryFolder()
        let storage = try await storage(folder)
        let granted = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    try await storage.reserveWrite(
                        device: "box", point: "p", budget: WriteBudget(20, per: .year), at: noon)
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(granted == 20)
    }

    @Test func aBudgetReadsAsInAProfile() {
        #expect(WriteBudget(20, per: .year).description == "20/year")
    }
}
