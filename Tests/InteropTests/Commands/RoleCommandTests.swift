import Foundation
import Testing

@testable import Host

@Suite struct RoleCommandTests {
    private static let text = """
        schema: site/1
        name: Garage
        role: master   # the first
        supply: {limit: 32 A}

        """

    private func file(_ site: StoredSite) throws -> String {
        let path = site.folder.path + "/site.yaml"
        try RoleCommandTests.text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test func aRoleIsShownSetAndSetBack() async throws {
        let site = try await StoredSite()
        let file = try file(site)
        let shown = try await site.run("role", "show", "--site", file)
        #expect(shown.status == 0, "\(shown.errors)")
        #expect(shown.output.hasPrefix("role: master") && shown.output.contains("tcp://192.168.125.124:1600"))
        let set = try await site.run("role", "set", "slave", "--id", "GARAGE#003", "--site", file, "--yes")
        #expect(set.status == 0, "\(set.errors)")
        #expect(set.output.hasSuffix("the site is slave now"))
        #expect(try await site.run("role", "set", "slave", "--site", file, "--yes").output.contains("already"))
        let document = try document(
            try await site.run("role", "show", "--site", file, "--json").output, RoleDocument.self)
        #expect(document.role == .slave && document.switches.keys.sorted() == ["master", "standalone"])
        #expect(try await site.run("role", "set", "master", "--site", file, "--yes", "--json").status == 0)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == RoleCommandTests.text)
    }

    @Test func nobodyWhoCanBeAskedMeansNoChange() async throws {
        let site = try await StoredSite()
        let file = try file(site)
        let told = try await site.run("role", "set", "standalone", "--site", file)
        #expect(told.status == 4 && told.errors.contains("--yes"))
        #expect(try String(contentsOfFile: file, encoding: .utf8) == RoleCommandTests.text)
    }

    @Test func aWrongCallIsSaidSo() async throws {
        let site = try await StoredSite()
        let file = try file(site)
        #expect(try await site.run("role", "set", "king", "--site", file, "--yes").status == 2)
        #expect(try await site.run("role", "set", "master", "--id", "A#2", "--site", file, "--yes").status == 2)
        #expect(try await site.run("role", "set", "master", "--yes").errors.contains("--site is needed"))
        #expect(try await site.run("role", "set", "slave", "--id", "A", "--site", file, "--yes").status == 1)
        #expect(try await Programs.run(["role", "set", "--help"]).output.contains("example: chargehost role set"))
    }
}
