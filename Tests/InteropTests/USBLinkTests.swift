import Foundation
import Host
import Testing

/// A master and a slave on two machines with nothing but the cable of `network usb` between them.
@Suite struct USBLinkTests {
    /// What `network usb --install` writes for one end, by the names of the files.
    private func units(_ role: String, in folder: Folder) async throws -> [String: String] {
        let root = folder.path + "/" + role
        let outcome = try await Programs.run([
            "network", "usb", "--role", role, "--interface", "usb0", "--install", "--root", root, "--json",
        ])
        #expect(outcome.status == 0, "\(outcome)")
        let place = root + "/etc/systemd/network"
        var found: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: place) {
            found[name] = try String(contentsOfFile: place + "/" + name, encoding: .utf8)
        }
        return found
    }

    private func values(_ key: String, _ unit: String) -> [String] {
        unit.split(separator: "\n").filter { $0.hasPrefix(key + "=") }.map { String($0.dropFirst(key.count + 1)) }
    }

    @Test func theUnitsHaveTheAddressesOfTheDocumentsAndNoGateway() async throws {
        let folder = try Folder()
        let master = try await units("master", in: folder)
        let slave = try await units("slave", in: folder)
        #expect(Set(master.keys) == ["70-chargehost-usb.network"])
        #expect(Set(slave.keys) == ["70-chargehost-usb.network", "70-chargehost-page.network"])
        let ends = [
            try #require(master["70-chargehost-usb.network"]), try #require(slave["70-chargehost-usb.network"]),
        ]
        #expect(values("Address", ends[0]) == ["192.168.123.123/24", "192.168.125.124/24"])
        #expect(values("Address", ends[1]) == ["192.168.125.125/24"])
        #expect(values("Address", slave["70-chargehost-page.network"] ?? "") == ["192.168.123.123/24"])
        for unit in ends {
            #expect(values("Name", unit) == ["usb0"])
            #expect(!unit.contains("Gateway") && values("DHCP", unit) == ["no"])
            #expect(values("RequiredForOnline", unit) == ["no"])
        }
        // A machine that becomes a master has no page file of the slave any more.
        let again = try await Programs.run([
            "network", "usb", "--role", "master", "--install", "--root", folder.path + "/slave",
        ])
        #expect(again.status == 0)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/slave/etc/systemd/network")
        #expect(left == ["70-chargehost-usb.network"])
        let wrong = try await Programs.run(["network", "usb", "--role", "backend"])
        #expect(wrong.status == 2 && wrong.errors.contains("master or slave"))
    }

    @Test(.enabled("network namespaces need root") { await Namespace.arePermitted() })
    func masterAndSlaveTalkOverTheCableAndTheirPagesLeadToEachOther() async throws {
        let folder = try Folder()
        let (above, below) = (try await Namespace("master"), try await Namespace("slave"))
        try await Namespace.connect(above, below, as: "usb0")
        for (end, role) in [(above, "master"), (below, "slave")] {
            let unit = try #require(try await units(role, in: folder)["70-chargehost-usb.network"])
            for address in values("Address", unit) { try await end.ip(["addr", "add", address, "dev", "usb0"]) }
            try await end.ip(["link", "set", "usb0", "up"])
            let routes = try await end.ip(["route"])
            #expect(!routes.contains("default"))
        }
        let links =
            "links: {Master: \"http://192.168.125.124:8080/\", Slave: \"http://192.168.125.125:8080/\"}"
        let box = try Programs.chargehost(
            ["simulate", "--json", "--profile", "cfos.power-brain@charging", "--listen", "127.0.0.1:4801"], in: below)
        try await box.line { $0.hasPrefix("{") }
        let slave = try host(
            """
            schema: site/1
            name: Below
            role: slave
            supply: {limit: 32 A}
            devices:
              - {id: garage, profile: cfos.power-brain, address: "127.0.0.1:4801"}
            modbus_server:
              - {listen: "192.168.125.125:4701", unit: 1, device: garage, allow: [192.168.125.124]}
            http: {listen: ["192.168.125.125:8080"]}
            \(links)
            """, "slave", folder, below)
        let master = try host(
            """
            schema: site/1
            name: Above
            role: master
            supply: {limit: 10 A}
            devices:
              - {id: slave, profile: cfos.power-brain, address: "192.168.125.125:4701", failsafe: {current: 6 A, timeout: 10 s}}
            http: {listen: ["192.168.125.124:8080"]}
            \(links)
            """, "master", folder, above)
        try await wait(for: 10, folder, slave)

        let seen = try await Programs.page("http://192.168.125.125:8080/api/v1/site", in: above)
        #expect(seen.contains("\"url\":\"http://192.168.125.124:8080/\""))
        #expect(seen.contains("\"title\":\"Slave\""))
        let page = try await Programs.page("http://192.168.125.124:8080/", in: below)
        #expect(page.contains("id=\"links\""))

        // The cable is pulled: the slave falls back. It is plugged in again: the master's limit holds.
        try await below.ip(["link", "set", "usb0", "down"])
        try await wait(for: 6, folder, slave)
        try await below.ip(["link", "set", "usb0", "up"])
        try await wait(for: 10, folder, slave)
        #expect(try await master.stop() == 0)
        #expect(try await slave.stop() == 0)
        try await box.stop(SIGKILL)
    }

    private func host(_ site: String, _ name: String, _ folder: Folder, _ namespace: Namespace) throws -> Peer {
        let file = folder.path + "/\(name).yaml"
        try site.write(toFile: file, atomically: true, encoding: .utf8)
        return try Programs.chargehost(
            ["run", "--site", file, "--data", folder.path + "/\(name)-data", "--quiet"], in: namespace)
    }

    /// Until the slave's box is limited to so many A by the master.
    private func wait(for amperes: Double, _ folder: Folder, _ slave: Peer) async throws {
        let client = ControlSocketText(folder: folder.path + "/slave-data")
        var last = ""
        for _ in 0..<600 {
            last = try await client.site()
            let status = try? JSONDecoder().decode(SiteStatus.self, from: Data(last.utf8))
            if status?.boxes.first?.master_a == amperes, status?.boxes.first?.offered_a == amperes { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Peer.Failure(description: "the limit of \(amperes) A never came: \(last)\n\(slave.errorText)")
    }
}
