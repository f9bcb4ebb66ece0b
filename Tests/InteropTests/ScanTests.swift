import Foundation
import Host
import Testing

/// `scan` against simulated devices, servers that we did not write, and servers that speak something else.
@Suite struct ScanTests {
    /// Devices of several makes on one line at 9600 baud.
    private struct Bus {
        let peer: Peer
        let line: String

        init(_ devices: [(profile: String, unit: Int)]) async throws {
            var arguments = ["simulate", "--json"]
            for (profile, unit) in devices {
                arguments += ["--profile", profile, "--listen", "pty,9600,8,n,1", "--unit", "\(unit)"]
            }
            peer = try Programs.chargehost(arguments)
            let shown = try await peer.line(from: devices.count - 1) { $0.hasPrefix("{") }
            let range = try #require(shown.range(of: #"/dev/pts/\d+"#, options: .regularExpression))
            line = String(shown[range])
        }
    }

    private func report(_ output: String) throws -> ScanReport {
        try JSONDecoder().decode(ScanReport.self, from: Data(output.utf8))
    }

    @Test func aLinesDevicesAreFoundAndTheirEntriesRun() async throws {
        let bus = try await Bus([
            ("cfos.power-brain@charging", 1), ("ytl.dts353", 4), ("eastron.sdm630@three_phase", 6),
        ])
        let (status, output, errors) = try await Programs.run(["scan", "serial", bus.line, "--units", "1-7"])
        #expect(status == 0, "\(errors)")
        #expect(output.hasPrefix("devices:\n"))
        let folder = try Folder()
        let file = folder.path + "/site.yaml"
        let site = "schema: site/1\nname: Found\nsupply: {limit: 32 A}\nhttp: {listen: []}\n" + output
        try site.write(toFile: file, atomically: true, encoding: .utf8)
        let check = try await Programs.run(["check", file])
        #expect(check.status == 0, "\(check.output)")
        #expect(check.output.contains("0 errors, 0 warnings"))

        let data = folder.path + "/data"
        let host = try Programs.chargehost(["run", "--site", file, "--data", data, "--quiet"])
        let client = ControlClient(folder: data)
        var links: [String: String] = [:]
        for _ in 0..<1200 where links.count < 3 || !links.values.allSatisfy({ $0 == "online" }) {
            try await Task.sleep(for: .milliseconds(50))
            guard let answer = try? await client.send(ControlRequest(method: "GET", path: "/api/v1/site")),
                let shown = try? JSONDecoder().decode(SiteStatus.self, from: Data(answer.body))
            else { continue }
            for box in shown.boxes { links[box.id] = box.link }
            for meter in shown.instruments { links[meter.id] = meter.link }
        }
        #expect(links == ["power-brain": "online", "dts353": "online", "sdm630": "online"], "\(host.errorText)")
        #expect(try await host.stop() == 0)
    }

    /// The host has the line open, and reads its own meter all the while.
    @Test func aLineOfTheRunningHostIsAskedThroughTheHost() async throws {
        let bus = try await Bus([("eastron.sdm630@three_phase", 2), ("ytl.dts353", 3)])
        let address = "\(bus.line),9600,8,n,1"
        let site = try await RunningSite(
            """
            schema: site/1
            name: One meter
            supply: {limit: 32 A}
            devices: [{id: ours, profile: eastron.sdm630, address: "\(address)", unit: 2, role: display}]
            """)
        try await site.log("devices, data in")
        let words = ["scan", "serial", bus.line, "--units", "1-4", "--data", site.folder.path + "/data", "--json"]
        var found = try await Programs.run(words)
        for _ in 0..<600 where found.status != 0 {
            try await Task.sleep(for: .milliseconds(100))
            found = try await Programs.run(words)
        }
        let report = try report(found.output)
        #expect(report.found.map(\.unit) == [2, 3], "\(found.errors)")
        #expect(report.found.map(\.known) == ["ours", nil])
        #expect(report.found.last?.profile == "ytl.dts353")
        #expect(report.found.last?.address == address)
        let free = try await Programs.run(["scan", "serial", bus.line, "--units", "3", "--data", site.folder.path])
        #expect(free.status == 3)
        #expect(free.errors.contains("another program has the line open"))
        #expect(try await site.host.stop() == 0)
    }

    /// pymodbus as an SDM630 on TCP and on a line; the registers are those of Eastron's protocol document.
    @Test func aMeterWeDidNotWriteIsFoundAndNotWrittenTo() async throws {
        let registers =
            #"{"5": {"holding": {"islands": [[64512, 64515]], "words": {"64512": [258, 772, 112, 280]}}, "#
            + #""input": {"islands": [[0, 87]], "f32": {"0": [230.5]}}}}"#
        let tcp = try await Line.tcp(registers)
        let onTCP = try await Programs.run(
            ["scan", "tcp", "127.0.0.1:\(tcp.port)", "--units", "4-6", "--json"])
        let found = try report(onTCP.output).found.filter { $0.profile != nil }
        #expect(found.map(\.profile) == ["eastron.sdm630"], "\(onTCP.errors)")
        #expect(found.map(\.unit) == [5])
        #expect(found.map(\.identity["serial"]) == ["16909060"])
        #expect(tcp.peer.writes(from: 6).isEmpty)
        #expect(tcp.peer.lines.contains { $0.hasPrefix("< ") })

        let line = try await Line.serial(registers, baud: 9600, parity: "N")
        let onLine = try await Programs.run(["scan", "serial", line.path + ",9600", "--units", "4-6", "--json"])
        // pymodbus refuses what is asked of units that it does not have, where a line would be silent.
        let known = try report(onLine.output).found.filter { $0.profile != nil }
        #expect(known.map(\.unit) == [5], "\(onLine.errors)")
        #expect(known.map(\.certain) == [true])
        #expect(line.peer.writes(from: 0).isEmpty)
        tcp.peer.closeInput()
        line.peer.closeInput()
    }

    @Test func servicesThatSpeakNoModbusAreNoDevices() async throws {
        let kinds = ["http", "mute", "flood", "closer", "drip"]
        let peer = try Programs.python("garbage.py", kinds)
        try await peer.line(from: kinds.count - 1) { $0.hasPrefix("port ") }
        for (kind, line) in zip(kinds, peer.lines) {
            let scan = try await Programs.run(["scan", "tcp", "127.0.0.1:\(line.dropFirst(5))", "--json"])
            #expect(scan.status == 3, "\(kind): \(scan.errors)")
            let report = try report(scan.output)
            #expect(report.found.isEmpty, "\(kind): \(scan.output)")
            #expect(report.remarks.count == 1, "\(kind): \(report.remarks)")
            #expect(report.seconds < 20, "\(kind)")
        }
        try await peer.stop(SIGKILL)
    }

    @Test func aHostsOwnEndpointIsShownAndLeftAlone() async throws {
        let boxes = try await SimulatedBoxes(2)
        let site = try await RunningSite(
            """
            schema: site/1
            name: One box
            supply: {limit: 32 A}
            devices: [{id: ours, profile: cfos.power-brain, address: "localhost:\(boxes.ports[0])"}]
            """)
        try await site.log("devices, data in")
        var known: [String?] = []
        for _ in 0..<600 where known != ["ours"] {
            let words = ["scan", "tcp", "127.0.0.1:\(boxes.ports[0])", "--data", site.folder.path + "/data", "--json"]
            let scan = try await Programs.run(words)
            known = try report(scan.output).found.map(\.known)
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(known == ["ours"])
        let other = try await Programs.run(
            ["scan", "tcp", "127.0.0.1:\(boxes.ports[1])", "--data", site.folder.path + "/data", "--json"])
        #expect(try report(other.output).found.map(\.profile) == ["cfos.power-brain"])
        #expect(try await site.host.stop() == 0)
        try await boxes.peer.stop()
    }

    @Test func aLineOnWhichTheHostIsASlaveIsRefused() async throws {
        let (cable, ends) = try await Line.pair()
        let boxes = try await SimulatedBoxes(1)
        let line = ends.path + "/ours,9600,8,n,1"
        let site = try await RunningSite(
            """
            schema: site/1
            name: Slave
            role: slave
            mode: observe
            supply: {limit: 32 A}
            devices: [{id: box, profile: cfos.power-brain, address: "127.0.0.1:\(boxes.ports[0])"}]
            modbus_server: [{line: "\(line)", unit: 1, device: box}]
            """)
        try await site.log("devices, data in")
        let scan = try await Programs.run(["scan", "serial", line, "--data", site.folder.path + "/data"])
        #expect(scan.status == 4, "\(scan.errors)")
        #expect(scan.errors.contains("is a slave on"))
        #expect(try await site.host.stop() == 0)
        try await boxes.peer.stop()
        withExtendedLifetime(cable) {}
    }

    @Test func wrongCallsEndWithTheirStatus() async throws {
        let large = try await Programs.run(["scan", "tcp", "10.0.0.0/16"])
        #expect(large.status == 2)
        #expect(large.errors.contains("65536 addresses"))
        #expect(try await Programs.run(["scan", "tcp", "10.0.0.1", "--units", "1-300"]).status == 2)
        #expect(try await Programs.run(["scan", "serial"]).status == 2)
        let missing = try await Programs.run(["scan", "serial", "/dev/no-such-line"])
        #expect(missing.status == 3)
        #expect(missing.errors.contains("is the adapter plugged in?"))
        #expect(missing.output.isEmpty)
        #expect(try await Programs.run(["scan", "serial", "COM1"]).status == 3)
    }
}
