import DeviceProfiles
import DriverAPI
import Foundation
import Host
import Simulator

/// `simulate`
enum SimulateCommand: Subcommand {
    static let name = "simulate"
    static let summary = "devices out of profiles, on TCP or a serial line"
    static let accepted = Arguments.Accepted(
        values: ["profile", "listen", "unit", "option", "site", "count"], flags: ["json"])
    static let help = """
        usage: chargehost simulate --profile P[@FIXTURE] --listen ADDRESS [--unit N] [--count N] …
               chargehost simulate --site FILE

        Serves devices made of profiles until Ctrl-C: they refuse, fall back and wear out as their profiles say, and a
        wallbox has a car. Each --profile goes with the --listen and --unit at the same place; several on one ADDRESS
        share it by unit id.

          --profile P[@FIXTURE]   the profile and the registers it starts with
          --listen ADDRESS        127.0.0.1:5020 (port 0: a free one), rtu+tcp://127.0.0.1:5020, a serial line, or
                                  pty,9600,8,n,1 for a new pseudo-terminal with bytes at the speed of that line
          --unit N                the unit id; default: the profile's
          --count N               so many of the last one, each on a free port
          --option K=V            an option for all
          --site FILE             all devices of a site file, each on a free port of 127.0.0.1
          --json                  one line a device: {"profile", "address", "unit"}

        example: chargehost simulate --profile cfos.power-brain@charging --listen 127.0.0.1:4701
        """

    struct Line: Encodable {
        var profile: String
        var address: String
        var unit: Int
    }

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let signals = Signals()
        let simulation: Simulation
        do {
            simulation = try Simulation(try orders(arguments), start: SystemClock().now)
        } catch let error as UsageError {
            throw error
        } catch let error as CommandFailure {
            throw error
        } catch {
            throw CommandFailure(.fallsShort, "\(error)")
        }
        for place in simulation.places { try show(place, json: arguments.flags.contains("json")) }
        while let signal = await signals.next(), signal == SIGHUP {}
        simulation.close()
        return .fine
    }

    private static func show(_ place: Simulation.Place, json: Bool) throws {
        let line = Line(profile: place.device.profile.id, address: "\(place.endpoint)", unit: Int(place.unit))
        guard json else {
            Console.out("\(line.profile) answers at \(line.address), unit \(line.unit)")
            return
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        Console.out(String(decoding: try encoder.encode(line), as: UTF8.self))
    }

    private static func orders(_ arguments: Arguments) throws -> [(order: SimulationOrder, document: ProfileDocument)] {
        if let file = arguments.value("site") { return try siteOrders(try SiteFiles.read(file).site) }
        let library = ProfileLibrary()
        let options = try DeviceArguments.options(arguments)
        let profiles = arguments.values["profile"] ?? []
        let listens = arguments.values["listen"] ?? []
        let units = arguments.values["unit"] ?? []
        guard !profiles.isEmpty else { throw UsageError("--profile or --site is needed") }
        guard listens.count == profiles.count else { throw UsageError("every --profile needs its --listen") }
        guard units.isEmpty || units.count == profiles.count else {
            throw UsageError("give --unit for every --profile, or for none")
        }
        var orders: [(order: SimulationOrder, document: ProfileDocument)] = []
        for (index, profile) in profiles.enumerated() {
            let unit = try units.isEmpty ? nil : unit(units[index])
            let order = SimulationOrder(profile, listen: listens[index], unit: unit, options: options)
            orders.append((order, try ProfileFiles.document(order.profile, library: library)))
        }
        let more = (try arguments.integer("count", 1...10_000) ?? 1) - 1
        guard more > 0, var last = orders.last else { return orders }
        last.order.listen = "127.0.0.1:0"
        return orders + Array(repeating: last, count: more)
    }

    private static func siteOrders(_ site: Site) throws -> [(order: SimulationOrder, document: ProfileDocument)] {
        let library = ProfileLibrary(site: site)
        return try site.devices.filter { $0.enabled && $0.driver == nil }.map { device in
            let order = SimulationOrder(
                device.profile, listen: "127.0.0.1:0", unit: device.unit, options: device.options)
            return (order, try ProfileFiles.document(device.profile, library: library))
        }
    }

    private static func unit(_ text: String) throws -> Int {
        guard let unit = Int(text), (0...255).contains(unit) else {
            throw UsageError("--unit must be a number from 0 to 255, not \"\(text)\"")
        }
        return unit
    }
}
