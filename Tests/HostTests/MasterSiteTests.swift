import DriverAPI
import Modbus
import Testing

@testable import Host

/// The keys `modbus_server` and `proxies` of a site file.
@Suite struct MasterSiteTests {
    private func read(_ keys: String, role: String = "slave", more: String = "") -> (site: Site?, problems: [String]) {
        let text = """
            schema: site/1
            name: Below
            role: \(role)
            \(more)
            supply: {limit: 32 A}
            devices:
              - {id: garage, profile: cfos.power-brain, address: "192.168.2.40:4701"}
              - {id: own, profile: cfos.s0-meter, address: "127.0.0.1:4703", unit: 3, role: display}
              - {id: meter, profile: ytl.dts353, address: "COM1,9600,8,e,1", unit: 20, role: display}
            serial: {COM1: /dev/ttyUSB0, COM2: /dev/ttyUSB1}
            \(keys)
            """
        let (site, problems) = SiteReader.read(Array(text.utf8), file: "s.yaml")
        return (site, problems.map { $0.text(file: "s.yaml") })
    }

    @Test func theDesignsExampleIsUnderstood() throws {
        let (site, problems) = read(
            """
            proxies:
              - {listen: 0.0.0.0:4801, to: "COM1,9600,8,e,1", allow: [192.168.2.10]}
              - {listen: "[::]:4802", to: 192.168.2.41, read_only: true}
            modbus_server:
              - {listen: 0.0.0.0:4701, unit: 1, device: garage}
              - {listen: 0.0.0.0:4702, unit: 2, device: meter, allow: ["FD00::7"]}
              - {line: "COM2,9600,8,n,1", unit: 1, device: garage}
            """)
        #expect(problems == [])
        let found = try #require(site)
        #expect(found.mode == .observe)
        #expect(found.proxies.map(\.listen) == [.init(host: "0.0.0.0", port: 4801), .init(host: "::", port: 4802)])
        #expect(found.proxies.map(\.target) == ["COM1,9600,8,e,1", "192.168.2.41"])
        #expect(found.proxies.map(\.isReadOnly) == [false, true])
        #expect(found.proxies[0].allow == ["192.168.2.10"])
        #expect(
            found.modbusUnits.map(\.place) == [
                .tcp(.init(host: "0.0.0.0", port: 4701)), .tcp(.init(host: "0.0.0.0", port: 4702)),
                .line("COM2,9600,8,n,1"),
            ])
        #expect(found.modbusUnits.map(\.unit) == [1, 2, 1])
        #expect(found.modbusUnits.map(\.device) == ["garage", "meter", "garage"])
        #expect(found.modbusUnits[1].allow == ["fd00::7"])
    }

    @Test(arguments: [
        ("modbus_server: [{listen: 0.0.0.0, device: garage}]", "S030", "has no port"),
        ("modbus_server: [{device: garage}]", "S004", "give either listen"),
        ("modbus_server: [{listen: 0.0.0.0:4701, line: COM2, device: garage}]", "S004", "give either listen"),
        ("modbus_server: [{listen: 0.0.0.0:4701}]", "S004", "\"device\""),
        ("modbus_server: [{listen: 0.0.0.0:4701, device: garag}]", "S042", "did you mean \"garage\"?"),
        ("modbus_server: [{listen: 0.0.0.0:4701, unit: 248, device: garage}]", "S003", "1 to 247"),
        ("modbus_server: [{listen: 0.0.0.0:4701, device: site}]", "S042", "needs mode manage"),
        ("modbus_server: [{line: \"COM3,9600\", device: garage}]", "S030", "COM3"),
        ("modbus_server: [{line: \"192.168.2.1:502\", device: garage}]", "S030", "no serial line"),
        ("modbus_server: [{line: \"COM1,9600,8,e,1\", device: garage}]", "S031", "a line has one master"),
        (
            "modbus_server: [{listen: 0.0.0.0:4701, device: garage}, {listen: 0.0.0.0:4701, device: meter}]", "S031",
            "already"
        ),
        (
            "modbus_server: [{listen: 0.0.0.0:4701, device: garage}, {listen: 127.0.0.1:4701, unit: 2, device: meter}]",
            "S031", "beside"
        ),
        ("modbus_server: [{listen: 0.0.0.0:4701, device: garage, allow: [box]}]", "S030", "no IP address"),
        ("modbus_server: [{listen: 0.0.0.0:4701, device: garage, units: 3}]", "S002", "units"),
        ("modbus_server: [{listen: 0.0.0.0:4703, device: garage}]", "S031", "this host itself"),
        ("proxies: [{listen: 0.0.0.0:4801}]", "S004", "\"to\""),
        ("proxies: [{listen: 0.0.0.0:4801, to: COM9}]", "S030", "COM9"),
        ("proxies: [{listen: 0.0.0.0:4801, to: \"127.0.0.1:4801\"}]", "S030", "leads to itself"),
        ("proxies: [{listen: 0.0.0.0:4801, to: ocpp://A}]", "S030", "not to OCPP"),
        ("proxies: [{listen: 0.0.0.0:4801, to: 10.0.0.1}, {listen: 0.0.0.0:4801, to: 10.0.0.2}]", "S031", "beside"),
    ])
    func aMistakeIsNamed(_ keys: String, _ code: String, _ words: String) {
        let problems = read(keys).problems
        #expect(problems.contains { $0.contains(" \(code) ") && $0.contains(words) }, "\(problems)")
    }

    @Test func severalUnitsMayBeBehindOneAddress() {
        let keys = """
            modbus_server:
              - {listen: 0.0.0.0:4701, unit: 1, device: garage}
              - {listen: 0.0.0.0:4701, unit: 2, device: meter}
            """
        #expect(read(keys).problems == [])
    }

    @Test func aSlaveSharesNothing() {
        #expect(read("", more: "mode: manage").problems.contains { $0.contains("S042") && $0.contains("observe") })
        #expect(read("", more: "mode: off").problems == [])
        #expect(read("", role: "standalone").site?.mode == .manage)
    }
}
