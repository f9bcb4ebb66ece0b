import DriverAPI
import Foundation
import Modbus
import Simulator
import Testing

@testable import Host

/// As many slaves as the documents promise, on a two-wire line and on the network at once.
@Suite struct ScaleTests {
    private static let count = 25
    private static let parameters = LineParameters(baud: 115200)

    /// The boxes of a line, and the line; gone when it is let go.
    private struct Line {
        let terminal: PseudoTerminal
        let listener: Listener
    }

    @Test func twentyFiveBoxesOnALineAndTwentyFiveOnTheNetworkAreReadAndToldInTime() async throws {
        let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let library = ProfileLibrary(library: checkout.appendingPathComponent("Profiles").path)
        let document = try #require(try library.load("cfos.power-brain").document)
        let clock = SystemClock()
        func boxes() throws -> [UInt8: SimulatedDevice] {
            var units: [UInt8: SimulatedDevice] = [:]
            for unit in 1...UInt8(Self.count) {
                let box = try SimulatedDevice(document, fixture: "charging", start: clock.now)
                box.wake(at: clock.now)
                units[unit] = box
            }
            return units
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "scale-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let cable = folder.appending(path: "cable").path
        let server = try SimulatorServer()
        defer { server.close() }
        let onLine = try boxes()
        let onNetwork = try boxes()
        func plug() throws -> Line {
            let terminal = try PseudoTerminal()
            let listener = try server.serve(onLine, terminal: terminal, as: Self.parameters)
            try FileManager.default.createSymbolicLink(atPath: cable, withDestinationPath: terminal.path)
            return Line(terminal: terminal, listener: listener)
        }
        var line: Line? = try plug()
        var devices: [String] = []
        for unit in 1...UInt8(Self.count) {
            devices.append(
                "{id: l\(unit), profile: cfos.power-brain, address: \"\(cable),115200,8,n,1\", unit: \(unit)}")
            let port = try server.serve([1: try #require(onNetwork[unit])], port: 0).port
            devices.append("{id: t\(unit), profile: cfos.power-brain, address: \"127.0.0.1:\(port)\", unit: 1}")
        }
        let text = """
            schema: site/1
            name: Scale
            supply: {limit: \(2 * Self.count * 8) A}
            devices:
            \(devices.map { "  - " + $0 }.joined(separator: "\n"))
            """
        let site = try #require(SiteReader.read(Array(text.utf8), file: "s.yaml").site)
        let host = try await SiteHost(site, data: folder.appending(path: "data").path, library: library)
        try await host.start()

        /// Until every box holds a limit in its own registers.
        func everyBox(holds tenths: ClosedRange<UInt16>) async throws -> Duration {
            let start = clock.now
            try await wait("\(tenths) in every box") {
                (Array(onLine.values) + onNetwork.values).allSatisfy { box in
                    let words = box.words(.holding, 8093..<8095, at: clock.now)
                    return tenths.contains(words[0]) && words[1] == 1
                }
            }
            return start.duration(to: clock.now)
        }
        _ = try await everyBox(holds: 80...80)

        // What the planner expects of the line: a round of everything, and one timeout.
        let profiles = SiteProfiles(site, library: library)
        let rounds = LineRounds(profiles.entries)
        for _ in 0..<20 {
            let states = await host.board.all()
            for entry in profiles.entries {
                let state = try #require(states.first { $0.entry.id == entry.device.id })
                let reading = try #require(state.readings["power"])
                let age = reading.time.duration(to: clock.now).wholeNanoseconds
                #expect(reading.quality == .good && age <= rounds.age(of: entry), "\(entry.device.id): \(age) ns old")
            }
            try await Task.sleep(for: .milliseconds(100))
        }

        // A lower limit: 4.15 kW for each on three phases of 230 V are 6.01 A; what is left of the tenths is given to some.
        await host.control.limit(OperatorLimit(power_w: Double(2 * Self.count) * 4150))
        let told = try await everyBox(holds: 60...61)
        let entry = try #require(profiles.entries.first { $0.endpoint.isRTU })
        #expect(told.wholeNanoseconds <= rounds.age(of: entry))

        // The line is pulled: its boxes are shown as silent, the others go on. It comes back as another device.
        try FileManager.default.removeItem(atPath: cable)
        if let line { await server.stop(line.listener) }
        line = nil
        try await wait("the line's boxes are silent") {
            let states = await host.board.all()
            return states.allSatisfy { state in
                if case .silent = state.link { return state.entry.id.hasPrefix("l") }
                return state.entry.id.hasPrefix("t")
            }
        }
        for box in onLine.values { box.loseRAM(at: clock.now) }
        line = try plug()
        try await wait("every box is read again") {
            await host.board.all().allSatisfy { state in
                guard case .online = state.link, let limit = state.number("current_limit") else { return false }
                return limit >= 6 && limit <= 7
            }
        }
        _ = try await everyBox(holds: 60...61)
        let lines = await host.lines()
        #expect(lines.count == Self.count + 1)
        #expect(lines.allSatisfy { $0.is_open && $0.errors.garbled == 0 && $0.errors.exceptions == 0 })
        #expect(lines.first { $0.kind == "serial" }?.opened == 2)
        #expect(lines.first { $0.kind == "serial" }?.units.count == Self.count)
        await host.stop(.leave)
        withExtendedLifetime(line) {}
    }

    /// Something that was waited for in vain.
    private struct Missing: Error { let what: String }

    /// Until `condition` holds; fails after two minutes.
    private func wait(_ what: String, until condition: () async throws -> Bool) async throws {
        let clock = SystemClock()
        let start = clock.now
        while start.duration(to: clock.now) < .seconds(120) {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw Missing(what: what)
    }
}
