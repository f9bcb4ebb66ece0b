import Foundation
import Storage
import Testing

@Suite struct OCPPSecretCommandTests {
    private static let site = """
        schema: site/1
        name: Secrets
        supply: {limit: 32 A}
        ocpp:
          slaves: {json: "127.0.0.1:0"}
        devices:
          - {id: north, profile: cfos.power-brain, address: "ocpp://GARAGE%23002"}
        """

    private func written(_ text: String, _ name: String, in site: StoredSite) throws -> String {
        let path = site.folder.path + "/" + name
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test func theBackendsKeyIsStoredAndNeverPrinted() async throws {
        let site = try await StoredSite()
        let key = try written("correct horse battery\n", "key", in: site)
        let told = try await site.run("ocpp", "secret", "set", "backend", "--from", key)
        #expect(told.status == 0, "\(told.errors)")
        #expect(!(told.output + told.errors).contains("horse"))
        #expect(try await site.storage().authorizationKey() == "correct horse battery")
        #expect(try await site.run("ocpp", "secret", "set", "backend", "--remove").status == 0)
        #expect(try await site.storage().authorizationKey() == nil)
    }

    @Test func theKeyCanComeFromStandardInput() async throws {
        let site = try await StoredSite()
        let peer = try Programs.chargehost(
            ["ocpp", "secret", "set", "backend", "--from", "-", "--data", site.folder.path + "/data"])
        peer.send("0123456789abcdef0123456789abcdef")
        peer.closeInput()
        #expect(try await peer.end() == 0, "\(peer.errorText)")
        #expect(try await site.storage().authorizationKey() == "0123456789abcdef0123456789abcdef")
    }

    @Test func aSlaveIsTheBoxThatConnectsAsIt() async throws {
        let site = try await StoredSite()
        let key = try written("a slave of the garage", "key", in: site)
        let file = try written(OCPPSecretCommandTests.site, "site.yaml", in: site)
        let told = try await site.run("ocpp", "secret", "set", "slave", "GARAGE#002", "--from", key, "--site", file)
        #expect(told.status == 0, "\(told.errors)")
        let slave = try await site.storage().pairedSlave("GARAGE#002")
        #expect(slave?.box == "north")
        #expect(slave?.key == Array("a slave of the garage".utf8))
        let other = try await site.run("ocpp", "secret", "set", "slave", "OTHER", "--from", key, "--site", file)
        #expect(other.status == 2 && other.errors.contains("ocpp://OTHER"))
    }

    @Test func whatIsNoKeyIsRefusedWithoutShowingIt() async throws {
        let site = try await StoredSite()
        let short = try written("hunter2", "key", in: site)
        let told = try await site.run("ocpp", "secret", "set", "backend", "--from", short)
        #expect(told.status == 2)
        #expect(told.errors.contains("7 characters") && !told.errors.contains("hunter2"))
        #expect(try await site.run("ocpp", "secret", "set", "backend").status == 2)
        #expect(try await site.run("ocpp", "secret", "set", "nobody", "--remove").status == 2)
        #expect(try await site.run("ocpp", "secret", "set", "backend", "--from", "/no/such/file").status == 2)
    }
}
