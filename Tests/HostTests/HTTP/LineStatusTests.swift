import DriverAPI
import Foundation
import Modbus
import Simulator
import Testing

@testable import Host

/// What the lines did, as programs and people see it.
@Suite struct LineStatusTests {
    private static let sample = LineStatus(
        line: "usb:FTDI:A1,9600,8,n,1", kind: "serial", is_open: true, opened: 2, load_percent: 42.5, requests: 120,
        errors: .init(exceptions: 1, timeouts: 2, garbled: 3), bytes_sent: 960, bytes_received: 2400,
        units: [
            .init(
                unit: 7, devices: ["garage"], requests: 120, errors: .init(exceptions: 1, timeouts: 2, garbled: 3),
                latency_ms: 48.25, latency_95_ms: 61)
        ])

    @Test func aTerminalShowsWhatALineLost() throws {
        let text = TerminalStatus(.sample(), colour: false).lines([Self.sample], width: 200)
        let line = try #require(text.first { $0.contains("usb:FTDI") })
        #expect(line.hasSuffix("usb:FTDI:A1,9600,8,n,1  42.5 % busy, 120 requests, 2 not answered, 3 garbled"))
        var good = Self.sample
        good.kind = "tcp"
        good.errors = .init(exceptions: 4)
        #expect(TerminalStatus.text([good]) == [])
        good.trouble = "not plugged in"
        #expect(TerminalStatus.text([good]).first?.hasSuffix("not plugged in") == true)
    }

    @Test func metricsHaveTheLinesInBaseUnits() {
        let text = SiteMetrics.text(nil, lines: [Self.sample], ProcessFigures(), pages: 0).split(separator: "\n")
        let line = #"line="usb:FTDI:A1,9600,8,n,1""#
        #expect(text.contains("chargehost_line_load_ratio{\(line)} 0.425"))
        #expect(text.contains("chargehost_line_up{\(line)} 1"))
        #expect(text.contains("chargehost_line_bytes_total{\(line),direction=\"received\"} 2400"))
        #expect(text.contains("chargehost_line_errors_total{\(line),unit=\"7\",kind=\"garbled\"} 3"))
        #expect(text.contains("chargehost_line_errors_total{\(line),unit=\"7\",kind=\"broken\"} 0"))
        #expect(text.contains("chargehost_line_answer_seconds{\(line),unit=\"7\"} 0.04825"))
    }

    @Test func aRunningHostCountsWhatItsLinesDo() async throws {
        let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let library = ProfileLibrary(library: checkout.appendingPathComponent("Profiles").path)
        let document = try #require(try library.load("cfos.power-brain").document)
        let simulator = try SimulatorServer()
        let device = try SimulatedDevice(document, start: SystemClock().now)
        let port = try simulator.serve([1: device], port: 0).port
        let text = """
            schema: site/1
            name: Lines
            mode: observe
            supply: {limit: 35 A}
            devices:
              - {id: a, profile: cfos.power-brain, address: "127.0.0.1:\(port)", unit: 1}
              - {id: b, profile: cfos.power-brain, address: "/dev/ttyNOTHERE,9600,8,n,1", unit: 2}
            """
        let site = try #require(SiteReader.read(Array(text.utf8), file: "s.yaml").site)
        let folder = FileManager.default.temporaryDirectory.appending(path: "lines-\(UUID().uuidString.prefix(8))")
        defer { try? FileManager.default.removeItem(at: folder) }
        let host = try await SiteHost(site, data: folder.path, library: library)
        try await host.start(every: .milliseconds(200))
        var lines: [LineStatus] = []
        let clock = SystemClock()
        let start = clock.now
        while start.duration(to: clock.now) < .seconds(60) {
            lines = await host.lines()
            if lines.count == 2, lines[0].trouble != nil, lines[1].requests >= 5 { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        try #require(lines.count == 2)
        #expect(lines[0].line == "/dev/ttyNOTHERE,9600,8,n,1" && lines[0].kind == "serial")
        #expect(!lines[0].is_open && lines[0].requests == 0)
        #expect(lines[0].trouble?.contains("no such device") == true)
        let box = lines[1]
        #expect(box.line == "127.0.0.1:\(port)" && box.kind == "tcp" && box.is_open && box.opened == 1)
        #expect(box.load_percent > 0 && box.load_percent <= 100)
        #expect(box.units.map(\.devices) == [["a"]] && box.units[0].latency_ms ?? 0 > 0)
        // Every request of Modbus TCP that reads has 12 bytes.
        #expect(box.bytes_sent >= 12 * box.requests && box.bytes_received > 9 * box.requests)

        let answer = await host.answer(ControlRequest(method: "GET", path: "/api/v1/lines"), access: .read)
        let decoded = try JSONDecoder().decode([LineStatus].self, from: Data(answer.body))
        #expect(decoded.map(\.line) == lines.map(\.line))
        await host.stop(.leave)
        simulator.close()
    }
}
