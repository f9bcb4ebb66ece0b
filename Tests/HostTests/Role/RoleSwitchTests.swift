import Foundation
import Storage
import Testing

@testable import Host

@Suite struct RoleSwitchTests {
    private let master = """
        schema: site/1
        name: Garage Nord
        role: master      # with two slaves
        supply: {limit: 35 A}
        ocpp:
          backend: {url: "wss://csms.example/ocpp", id: NORD-1}   # the operator's
          # For the slaves
          slaves:
            json: 0.0.0.0:19521
        http: {listen: []}

        """

    private func world(
        _ text: String, _ body: (String, SiteStorage) async throws -> Void
    ) async throws {
        let folder = try roleFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = folder + "/site.yaml"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let storage = try await SiteStorage(path: folder + "/site.sqlite")
        try await body(file, storage)
        await storage.close()
    }

    private func text(_ file: String) throws -> String { try String(contentsOfFile: file, encoding: .utf8) }

    private func site(_ file: String) throws -> Site {
        let (site, problems) = SiteReader.read(Array(try text(file).utf8), file: file)
        return try #require(site, "\(problems.map { $0.text(file: file) })")
    }

    @Test func aMasterBecomesASlaveOfTheOneOnTheCableAndBackAgain() async throws {
        try await world(master) { (file: String, storage: SiteStorage) async throws in
            try await storage.setConfiguration([
                ConfigurationValue(key: "FreeCharging", value: "true"),
                ConfigurationValue(key: "AuthorizationKey", value: "0123456789abcdef"),
                ConfigurationValue(key: "HeartbeatInterval", value: "77"),
            ])
            let change = try await RoleSwitch(file, to: .slave, storage: storage)
            #expect(try text(file) == master, "a plan changes nothing")
            #expect(
                change.parameters.first { $0.name == "ocpp.backend" }
                    == RoleParameter(
                        name: "ocpp.backend", old: "{url: \"wss://csms.example/ocpp\", id: NORD-1}",
                        new: "{url: \"tcp://192.168.125.124:1600\", id: \"GARAGE-NORD#002\"}"))
            #expect(change.parameters.contains { $0.name == "mode" && $0.old == "manage" && $0.new == "observe" })
            #expect(
                change.parameters.contains {
                    $0.name == "LocalAuthorizeOffline" && $0.old == "true" && $0.new == "false"
                })
            #expect(!"\(change.parameters)".contains("0123456789abcdef"), "a password is never shown")
            try await change.apply(storage)

            let slave = try site(file)
            #expect(slave.role == .slave && slave.mode == .observe && slave.ocpp.slaves == nil)
            #expect(slave.ocpp.backend?.id == "GARAGE-NORD#002")
            #expect(try text(file).contains("role: slave      # with two slaves"))
            let keys = try await RoleValues.keys(storage)
            #expect(keys == RoleValues.slaveKeys, "the master's key and free charging are gone, nothing is local")
            #expect(try await storage.configuration().contains { $0.key == "HeartbeatInterval" && $0.value == "77" })

            try await RoleSwitch(file, to: .master, storage: storage).apply(storage)
            #expect(try text(file) == master)
            #expect(
                try await RoleValues.keys(storage) == ["FreeCharging": "true", "AuthorizationKey": "0123456789abcdef"])
        }
    }

    @Test func aStandaloneSiteBecomesAMasterThatListens() async throws {
        let alone = "schema: site/1\nname: A\nrole: standalone\nsupply: {limit: 16 A}\nmode: observe # for now\n"
        try await world(alone) { (file: String, storage: SiteStorage) async throws in
            try await RoleSwitch(file, to: .master, storage: storage).apply(storage)
            let master = try site(file)
            #expect(master.ocpp.slaves?.json?.port == 19520)
            #expect(master.ocpp.slaves?.binary?.port == 1600)
            #expect(master.mode == .observe, "what its owner chose stays")
            try await RoleSwitch(file, to: .standalone, storage: storage).apply(storage)
            #expect(try text(file) == alone)
        }
    }

    @Test func aSlaveKnowsItsMasterByTheAddressAndIDThatAreGiven() async throws {
        let alone = "schema: site/1\nname: A\nsupply: {limit: 16 A}\n"
        try await world(alone) { (file: String, storage: SiteStorage) async throws in
            let there = RoleSwitch.Master(url: "wss://master.example:19520", id: "A#5", site: "A")
            try await RoleSwitch(file, to: .slave, master: there, storage: storage).apply(storage)
            let slave = try site(file)
            #expect(slave.ocpp.backend?.url == "wss://master.example:19520" && slave.ocpp.backend?.id == "A#5")
            #expect(try text(file).hasPrefix("schema: site/1\nname: A\nrole: slave\nmode: observe\nsupply"))
        }
    }

    @Test func anIDThatStandsForNoConnectorChangesNothing() async throws {
        try await world(master) { (file: String, storage: SiteStorage) async throws in
            let wrong = RoleSwitch.Master(id: "GARAGE", site: "A")
            await #expect(throws: RoleError.self) {
                _ = try await RoleSwitch(file, to: .slave, master: wrong, storage: storage)
            }
            let after = try text(file)
            #expect(after == master)
        }
    }

    @Test func whatSomebodyWroteMeanwhileIsNotOverwritten() async throws {
        try await world(master) { (file: String, storage: SiteStorage) async throws in
            let change = try await RoleSwitch(file, to: .slave, storage: storage)
            let other = master + "# a note\n"
            try other.write(toFile: file, atomically: true, encoding: .utf8)
            await #expect(throws: RoleError.self) { try await change.apply(storage) }
            #expect(try text(file) == other)
            #expect(try await RoleValues.keys(storage).isEmpty)
        }
    }

    @Test func theSameRoleIsNoChange() async throws {
        try await world(master) { (file: String, storage: SiteStorage) async throws in
            let same = try await RoleSwitch(file, to: .master, storage: storage)
            #expect(same.isNothing && same.parameters.isEmpty)
            try await same.apply(storage)
            #expect(try text(file) == master)
        }
    }

    @Test func theModeOfTheFileAndALinkToItStay() async throws {
        try await world(master) { (file: String, storage: SiteStorage) async throws in
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
            let link = file + ".link"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
            try await RoleSwitch(link, to: .standalone, storage: storage).apply(storage)
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            #expect(attributes[.posixPermissions] as? Int == 0o640)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file)
            #expect(try site(file).role == .standalone)
        }
    }
}

private func roleFolder() throws -> String {
    let path = NSTemporaryDirectory() + "role-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
}
