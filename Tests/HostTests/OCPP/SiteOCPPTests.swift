import Network
import Testing

@testable import Host

/// The section `ocpp` of a site file.
@Suite struct SiteOCPPTests {
    private func read(_ keys: String, role: String = "master", devices: String = "") -> (
        site: Site?, [String]
    ) {
        let text = """
            schema: site/1
            name: Above
            role: \(role)
            supply: {limit: 32 A}
            devices:
              - {id: garage, own: true, profile: cfos.power-brain, address: "192.168.2.40:4701"}
            \(devices.isEmpty ? "" : "  - " + devices)
            \(keys)
            """
        let (site, problems) = SiteReader.read(Array(text.utf8), file: "s.yaml")
        return (site, problems.map { $0.text(file: "s.yaml") })
    }

    @Test func theDesignsExampleIsUnderstood() throws {
        let (site, problems) = read(
            """
            ocpp:
              backend: {url: wss://csms.example/ocpp, id: NORD-1, security_profile: 2}
              slaves: {json: 0.0.0.0:19520, binary: 0.0.0.0:1600, security_profile: 1, pairing: closed}
            """)
        #expect(problems == [])
        let ocpp = try #require(site?.ocpp)
        #expect(ocpp.backend?.url == "wss://csms.example/ocpp")
        #expect(ocpp.backend?.id == "NORD-1")
        #expect(ocpp.backend?.securityProfile == .tls)
        #expect(ocpp.backend?.queueLimit == 100_000)
        #expect(ocpp.slaves?.json == ListenAddress(host: "0.0.0.0", port: 19520))
        #expect(ocpp.slaves?.binary == ListenAddress(host: "0.0.0.0", port: 1600))
        #expect(ocpp.slaves?.securityProfile == .password)
        #expect(ocpp.slaves?.pairing == .closed)
    }

    @Test func theSecurityProfileFollowsTheSchemeUnlessSaid() throws {
        let (open, _) = read("ocpp: {backend: {url: ws://csms.example/ocpp, id: NORD-1}}")
        #expect(open?.ocpp.backend?.securityProfile == .password)
        let (secure, _) = read("ocpp: {backend: {url: wss://csms.example/ocpp, id: NORD-1}}")
        #expect(secure?.ocpp.backend?.securityProfile == .tls)
        let (mutual, problems) = read(
            """
            ocpp:
              backend: {url: "wss://c/ocpp", id: N, security_profile: 3, ca: ca.pem, certificate: c.pem, key: k.pem}
            """)
        #expect(problems == [])
        #expect(mutual?.ocpp.backend?.identity == SiteIdentity(certificate: "c.pem", key: "k.pem"))
        #expect(mutual?.ocpp.backend?.authorities == "ca.pem")
    }

    @Test(arguments: [
        ("ocpp: {backend: {url: \"http://c/ocpp\", id: N}}", "8:23 S030", "ws:// or wss://"),
        ("ocpp: {backend: {url: \"ws://c/ocpp\", id: \"a/b\"}}", "S030", "ChargePointID"),
        ("ocpp: {backend: {url: \"ws://c/ocpp\"}}", "S004", "\"id\""),
        ("ocpp: {backend: {url: \"ws://c/\", id: N, security_profile: 2}}", "S070", "write wss://"),
        ("ocpp: {backend: {url: \"wss://c/\", id: N, security_profile: 1}}", "S070", "2 or 3"),
        ("ocpp: {backend: {url: \"ws://c/\", id: N, security_profile: 4}}", "S003", "from 0 to 3"),
        ("ocpp: {backend: {url: \"ws://c/\", id: N, password: secret}}", "S070", "chargehost ocpp secret set"),
        ("ocpp: {backend: {url: \"wss://c/\", id: N, certificate: c.pem}}", "S004", "give both"),
        ("ocpp: {backend: {url: \"ws://c/\", id: N, quue: 3}}", "S002", "did you mean \"queue\"?"),
        ("ocpp: {backend: {url: \"ws://c/\", id: N, free_charging_tag: \"\"}}", "S003", "1 to 20"),
        ("ocpp: {backend: {url: \"tcp://c/x\", id: N}}", "S030", "tcp://192.168.125.124:1600"),
        ("ocpp: {backend: {url: \"tcp://c\", id: N, security_profile: 2}}", "S070", "tls://"),
        (
            "ocpp: {backend: {url: \"tls://c\", id: N, security_profile: 1}}", "S070",
            "goes with security_profile 2 or 3"
        ),
        ("ocpp: {slaves: {}}", "S004", "nowhere to listen"),
        ("ocpp: {slaves: {json: 19520}}", "S030", "0.0.0.0:19520"),
        ("ocpp: {slaves: {json: 0.0.0.0:1, security_profile: 2}}", "S070", "certificate and key"),
        ("ocpp: {slaves: {json: 0.0.0.0:1, binary: 0.0.0.0:1}}", "S031", "cannot be had"),
        ("ocpp: {slaves: {json: 127.0.0.1:8080}}", "S031", "of http"),
        ("ocpp: {slaves: {json: 0.0.0.0:1, pairing: opne}}", "S003", "did you mean \"open\"?"),
    ]) func mistakesAreNamed(_ keys: String, _ code: String, _ words: String) {
        let (_, problems) = read(keys)
        #expect(problems.contains { $0.contains(code) && $0.contains(words) }, "\(problems)")
    }

    @Test func aSlaveHasNoBackendOfItsOwn() {
        let (site, problems) = read("ocpp: {backend: {url: \"ws://c/\", id: N}}", role: "slave")
        #expect(site == nil)
        #expect(problems.contains { $0.contains("S042") && $0.contains("its master reports its box") })
    }

    @Test(arguments: [
        (
            "{id: b, profile: p, address: \"ocpp://GARAGE%23002\"}", "ocpp: {slaves: {json: 0.0.0.0:1}}",
            ""
        ),
        ("{id: b, profile: p, address: \"ocpp://GARAGE%23002\"}", "", "nothing listens for it"),
        (
            "{id: b, profile: p, address: \"ocpp://G%231\"}", "ocpp: {slaves: {json: 0.0.0.0:1}}",
            "master's own box"
        ),
        (
            "{id: b, profile: p, address: \"ocpp://G%23x\"}", "ocpp: {slaves: {json: 0.0.0.0:1}}",
            "number of a connector"
        ),
        (
            "{id: b, profile: p, address: \"ocpp://G%232\", connector: 3}",
            "ocpp: {slaves: {json: 0.0.0.0:1}}",
            "stands for connector 2, not 3"
        ),
        ("{id: b, profile: p, address: 192.168.2.41, connector: 1}", "", "host's own box garage"),
    ]) func connectorsMustNotCollide(_ device: String, _ keys: String, _ words: String) {
        let (_, problems) = read(keys, devices: device)
        if words.isEmpty {
            #expect(problems == [])
        } else {
            #expect(problems.contains { $0.contains(words) }, "\(problems)")
        }
    }

    @Test func theConnectorsOfABoxAreDevicesWithTheirNumbers() throws {
        let (site, problems) = read(
            "ocpp: {slaves: {json: 0.0.0.0:1}}",
            devices: "{id: guest, address: \"ocpp://BOX7\", priority: 3, connectors: {2: 5, 1: 4}}")
        #expect(problems == [])
        let guests = try #require(site).devices.filter { $0.id.hasPrefix("guest") }
        #expect(guests.map(\.id) == ["guest-1", "guest-2"])
        #expect(guests.map(\.address) == ["ocpp://BOX7", "ocpp://BOX7/2"])
        #expect(guests.map(\.connector) == [4, 5])
        #expect(guests.map(\.priority) == [3, 3])
    }

    @Test(arguments: [
        ("{id: guest, address: \"ocpp://BOX7\", connectors: {}}", "names no connector"),
        ("{id: guest, address: \"ocpp://BOX7\", connectors: {a: 4}}", "numbers from 1 on"),
        ("{id: guest, address: \"ocpp://BOX7\", connectors: {1: 4, 2: 4}}", "one number"),
        ("{id: guest, address: \"ocpp://BOX7\", connector: 3, connectors: {1: 4}}", "cannot both"),
        ("{id: guest, address: \"ocpp://BOX7/2\", connectors: {1: 4}}", "one connector of the box already"),
        ("{id: guest, profile: keba.p30, address: 192.168.2.41, connectors: {1: 4}}", "S090"),
    ]) func connectorsOfABoxAreChecked(_ device: String, _ words: String) {
        let (_, problems) = read("ocpp: {slaves: {json: 0.0.0.0:1}}", devices: device)
        #expect(problems.contains { $0.contains(words) }, "\(problems)")
    }

    @Test func aMasterIsReachedByTheBinaryFraming() throws {
        let (site, problems) = read("ocpp: {backend: {url: \"tcp://c\", id: \"G#002\"}}", role: "slave")
        #expect(problems == [])
        let backend = try #require(site?.ocpp.backend)
        #expect(backend.securityProfile == .password && backend.freeChargingTag == "FREECHARGING")
        let target = try BackendTarget(backend.url, id: backend.id)
        #expect(target == .binary(try StreamTarget("tcp://c:1600", port: 1), id: "G#002"))
        #expect(BackendTarget.secured("tcp://c:1601") == "tls://c:1601")
        #expect(
            try BackendTarget("tls://[::1]:7", id: "A") == .binary(StreamTarget("TLS://[::1]:7/", port: 1), id: "A"))
    }
}
