import Foundation
import Modbus
import Testing

@testable import Host

/// Units that two devices claim, and lines that are one.
@Suite struct ClashCheckTests {
    private func problems(
        _ devices: String, _ rest: String = "", own: Set<String> = ["127.0.0.1", "192.168.2.5"]
    ) throws -> [SiteProblem] {
        let text = """
            schema: site/1
            name: Nord
            supply: {limit: 35 A}
            devices:
            \(devices)
            \(rest)
            """
        let (found, problems) = SiteReader.read(Array(text.utf8), file: "s.yaml")
        #expect(problems == [])
        let site = try #require(found)
        let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let library = ProfileLibrary(library: checkout.appendingPathComponent("Profiles").path)
        let profiles = SiteProfiles(site, library: library)
        #expect(profiles.problems == [])
        return ClashCheck(site, profiles.entries, adapters: SerialAdapters(tree: "/nowhere"), own: own).problems()
    }

    @Test func oneUnitOfOneLineIsOneDevices() throws {
        let found = try problems(
            """
              - {id: a, profile: cfos.power-brain, address: "COM1,9600,8,n,1", unit: 2}
              - {id: b, profile: cfos.power-brain, address: "/dev/ttyUSB0,9600,8,n,1", unit: 2}
              - {id: c, profile: cfos.power-brain, address: "COM1,9600,8,n,1", unit: 3}
            """, "serial: {COM1: /dev/ttyUSB0}")
        #expect(
            found.map(\.message) == ["device b: unit 2 on /dev/ttyUSB0,9600,8,n,1 is already that of a"])
        #expect(found.map(\.severity) == [.error])
    }

    @Test func aUnitBehindTheOwnProxyIsThatOfTheLine() throws {
        let proxies = "proxies: [{listen: 192.168.2.5:4801, to: \"/dev/ttyUSB0,9600,8,n,1\"}]"
        let clash = try problems(
            """
              - {id: a, profile: cfos.power-brain, address: "/dev/ttyUSB0,9600,8,n,1", unit: 2}
              - {id: b, profile: cfos.power-brain, address: "192.168.2.5:4801", unit: 2}
            """, proxies)
        #expect(clash.map(\.severity) == [.error])
        #expect(clash.first?.message.contains("through this host's own proxy") == true)
        #expect(clash.first?.message.contains("already that of a") == true)
        let detour = try problems(
            "  - {id: b, profile: cfos.power-brain, address: \"192.168.2.5:4801\", unit: 7}", proxies)
        #expect(detour.map(\.severity) == [.warning])
        let elsewhere = try problems(
            """
              - {id: a, profile: cfos.power-brain, address: "/dev/ttyUSB0,9600,8,n,1", unit: 2}
              - {id: b, profile: cfos.power-brain, address: "192.168.2.6:4801", unit: 2}
            """, proxies)
        #expect(elsewhere == [])
    }

    @Test func unitsBehindAProxyElsewhereClashThere() throws {
        let found = try problems(
            """
              - {id: a, profile: cfos.power-brain, address: "192.168.2.6:4801", unit: 2}
              - {id: b, profile: ytl.dts353, address: "192.168.2.6:4801", unit: 2, role: display}
            """)
        #expect(
            found.map(\.message) == ["device b: unit 2 on 192.168.2.6:4801 is already that of a"])
    }

    @Test func onePortSpeaksOneFraming() throws {
        let found = try problems(
            """
              - {id: a, profile: cfos.power-brain, address: "192.168.2.6:4801", unit: 2}
              - {id: b, profile: cfos.power-brain, address: "rtu+tcp://192.168.2.6:4801", unit: 3}
            """)
        #expect(found.count == 1 && found[0].message.contains("one port speaks one of both"))
    }

    @Test func aLineUnderTwoNamesIsNoticed() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "clash-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let link = folder.appending(path: "usb-FTDI-if00").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/null")
        let found = try problems(
            """
              - {id: a, profile: cfos.power-brain, address: "/dev/null,9600,8,n,1", unit: 2}
              - {id: b, profile: cfos.power-brain, address: "\(link),9600,8,n,1", unit: 3}
            """)
        #expect(found.count == 1)
        #expect(found.first?.severity == .warning)
        #expect(found.first?.message.contains("is at present the same line as /dev/null of device a") == true)
    }

    @Test func oneServedLineHasOneSpeedAndOneDeviceForEachUnit() {
        func found(_ second: String) -> [String] {
            let text = """
                schema: site/1
                name: Below
                role: slave
                supply: {limit: 32 A}
                devices:
                  - {id: a, profile: cfos.power-brain, address: 10.0.0.1}
                  - {id: b, profile: cfos.power-brain, address: 10.0.0.2}
                serial: {COM2: /dev/ttyUSB1}
                modbus_server:
                  - {line: "COM2,9600,8,n,1", unit: 1, device: a}
                  - {\(second), device: b}
                """
            return SiteReader.read(Array(text.utf8), file: "s.yaml").problems.map(\.message)
        }
        #expect(found("line: \"/dev/ttyUSB1,9600,8,n,1\", unit: 2") == [])
        #expect(found("line: \"/dev/ttyUSB1,9600,8,n,1\", unit: 1").contains { $0.contains("already that of a") })
        #expect(
            found("line: \"/dev/ttyUSB1,19200,8,n,1\", unit: 2").contains { $0.contains("different parameters") })
    }
}
