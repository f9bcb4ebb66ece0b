import Foundation
import Storage
import Testing

@testable import Host

@Suite struct SessionsCommandTests {
    @Test func theTableHasEverySessionAndTheSum() async throws {
        let site = try await StoredSite()
        let told = try await site.run("sessions")
        #expect(told.status == 0, "\(told.errors)")
        let lines = told.output.components(separatedBy: "\n")
        #expect(lines.count == 5)
        #expect(lines[1].hasPrefix("south") && lines[1].contains("BEEF0001") && lines[1].contains("2.500"))
        #expect(lines[2].hasPrefix("north") && lines[2].contains("charging"))
        #expect(lines[3].hasPrefix("free") && lines[3].contains("2026-08-02T13:00:00Z") && lines[3].contains("12.345"))
        #expect(lines[4] == "3 sessions, 14.845 kWh")
    }

    @Test func theSheetKeepsCardsWithCommasAndQuotesWhole() async throws {
        let site = try await StoredSite()
        let told = try await site.run("sessions", "--csv", "--to", "2026-08-02")
        #expect(told.status == 0, "\(told.errors)")
        #expect(
            told.output.components(separatedBy: "\n") == [
                "box,connector,card,start,end,energy_wh,reason,transaction",
                "south,3,BEEF0001,2026-08-01T12:00:00Z,2026-08-01T13:00:00Z,2500,,\(site.refused)",
                "north,2,\"CAFE,\"\"0002\"\"\",2026-08-01T14:00:00Z,,,,\(site.open)",
            ])
    }

    @Test func aSpanLeavesOutItsEnd() async throws {
        let site = try await StoredSite()
        let told = try await site.run(
            "sessions", "--json", "--from", "2026-08-01T16:00:00+02:00", "--to", "2026-08-02T12:00:00Z")
        let sessions = try document(told.output, [SessionDocument].self)
        #expect(sessions.map(\.box) == ["north"])
        #expect(sessions.first?.card == "CAFE,\"0002\"")
        #expect(try await site.run("sessions", "--from", "2030-01-01").output == "no sessions")
    }

    @Test func aWrongCallIsSaidSo() async throws {
        let site = try await StoredSite()
        let date = try await site.run("sessions", "--from", "yesterday")
        #expect(date.status == 2 && date.errors.contains("\"yesterday\" is no moment"))
        #expect(try await site.run("sessions", "--csv", "--json").status == 2)
        #expect(try await site.run("sessions", "--from", "2026-09-01", "--to", "2026-08-01").status == 2)
        let none = try await Programs.run(["sessions", "--data", site.folder.path + "/none"])
        #expect(none.status == 2 && none.errors.contains("holds no data of a site"))
        #expect(try await Programs.run(["sessions", "--help"]).output.contains("example: chargehost sessions"))
    }
}
