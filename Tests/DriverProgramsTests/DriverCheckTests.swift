import DriverAPI
import Foundation
import Testing

@testable import DriverPrograms

@Suite(.timeLimit(.minutes(5))) struct DriverCheckTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    @Test func theExampleInPythonKeepsEveryRule() async {
        let verdicts = await DriverCheck(Self.root + "/Examples/drivers/http-meter").run()
        #expect(verdicts.map(\.rule) == DriverRule.allCases)
        #expect(verdicts.filter { $0.outcome == .failed } == [])
        #expect(verdicts.filter { $0.outcome == .skipped }.map(\.rule) == [.charge, .stop])
    }

    @Test func theExampleInPythonReadsExactly() async throws {
        let manifest = try #require(DriverFolder(Self.root + "/Examples/drivers/http-meter").manifest)
        let meter = try CheckPeer(manifest, temporary: NSTemporaryDirectory())
        let port = try #require(meter.port)
        let driver = ProgramDriver(DriverProcess(manifest, timing: .short))
        let options = [
            "power": "total.kw", "power_factor": "1000", "voltage": "emeters[*].voltage",
            "current": "emeters[*].current", "energy_import": #"total["import kWh"]"#, "energy_import_factor": "1000",
            "every": "0.1",
        ]
        let device = Watched(
            try await driver.open(
                DeviceConfiguration(
                    id: "grid", profile: "", address: "http://127.0.0.1:\(port)/status", options: options),
                context: DriverContext(clock: SystemClock(), store: MemoryDriverStore())))
        #expect(await eventually { device.readings.count > 8 ? true : nil } == true)
        let values = Dictionary(device.readings.map { ($0.point, $0) }, uniquingKeysWith: { first, _ in first })
        #expect(values["power"]?.value == .number(Exact(2071, over: 2) ?? 0))
        #expect(values["power"]?.unit == .W)
        #expect(values["voltage.l2"]?.value == .number(Exact(1149, over: 5) ?? 0))
        #expect(values["current.l3"]?.quality == .noData)
        #expect(values["energy_import"]?.value == .number(12_345_678))
        #expect(device.links.contains(.online))
        await driver.process.stop()
    }

    @Test func whatABadDriverBreaksIsNamed() async throws {
        for (behaviour, rule, reason) in [
            ("future", DriverRule.describes, "it speaks version 2 of the protocol, this host version 1"),
            ("dies", .describes, "it ended"), ("garbage", .onlyMessages, "the line is not JSON"),
            ("lies", .charge, "asked for 6.35 A it told 32 A"),
        ] {
            let peer = try PeerDriver(behaviour)
            let text = "check: {address: here}\n"
            let file = peer.folder + "/driver.yaml"
            try (try String(contentsOfFile: file, encoding: .utf8) + text).write(
                toFile: file, atomically: true, encoding: .utf8)
            let verdict = await DriverCheck(peer.folder).run().first { $0.rule == rule }
            #expect(verdict?.outcome == .failed, "\(behaviour)")
            #expect(verdict?.reason.contains(reason) == true, "\(behaviour): \(verdict?.reason ?? "")")
        }
    }
}
