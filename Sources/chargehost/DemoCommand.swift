import DriverAPI
import Foundation
import Host

/// `demo`
enum DemoCommand: Subcommand {
    static let name = "demo"
    static let summary = "a simulated site, run by a real host"
    static let accepted = Arguments.Accepted(values: ["speed", "data", "log", "http", "recordings"], flags: ["quiet"])
    static let help = """
        usage: chargehost demo [--speed N] [--data DIR] [--http ADDR] [--recordings MIB] [--log LEVEL] [--quiet]

        Simulates a site (a box of our own, two boxes of other makes, a grid meter, a house and sun) and runs the host
        on it, over real Modbus TCP on loopback. Ends with Ctrl-C.

          --speed N     house and cars live N seconds in one, 1 to 60; default 1
          --data DIR    the data folder; default: a temporary one
          --http ADDR   where the page is served, such as 127.0.0.1:8080 or 0.0.0.0:80, or off; default 127.0.0.1:8080
          --recordings MIB
                        how much the flight recorder keeps in a data folder that was given; default 16
          --log LEVEL   debug, info, warning or error; default info
          --quiet       no status on the terminal

        example: chargehost demo --speed 4
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let speed = try arguments.integer("speed", 1...60) ?? 1
        let level = try RunCommand.level(arguments)
        let http = try PageAddress.plan(arguments)
        let library = ProfileLibrary()
        let clock = SystemClock()
        let demo: DemoSite
        do { demo = try DemoSite(library: library, clock: clock, speed: speed) } catch {
            throw CommandFailure(.fallsShort, "\(error)")
        }
        let given = arguments.value("data")
        let folder = given ?? NSTemporaryDirectory() + "/chargehost-demo-\(getpid())"
        defer { if given == nil { try? FileManager.default.removeItem(atPath: folder) } }
        let world = Task { await demo.run(clock: clock) }
        defer { world.cancel() }
        let session = HostSession(
            status: !arguments.flags.contains("quiet"), level: level, http: http,
            whenTaken: http == nil ? .next : .alarm, asksForLicence: false)
        return try await session.run(
            demo.site, data: folder, library: library,
            recording: given == nil ? nil : try RunCommand.recording(arguments, demo.site),
            hint: "a simulated site; data in \(folder); Ctrl-C ends")
    }
}
