import DriverAPI
import Foundation
import Host
import LoadManagement

/// `mode`
enum ModeCommand: Subcommand {
    static let name = "mode"
    static let summary = "how a box charges until its car is unplugged"
    static let accepted = Arguments.Accepted(
        values: ["energy", "soc", "capacity", "by", "data"], flags: ["json"], positionals: 2...2)
    static let help = """
        usage: chargehost mode BOX MODE [--energy E | --soc P --capacity E] [--by TIME] [--data DIR] [--json]

        Sets how a box of the running host charges; it holds until the car is unplugged, then the site file counts again.
        MODE is one of
          fast          as fast as the limits allow
          surplus       with PV surplus only
          min+surplus   at the minimum, with more from surplus
          target        so that the car has what it needs by a time; it goes before others the less time is left
          off           not at all
          site          as the site file says

          --energy E     what the car is still to get, such as 20kWh
          --soc P        the state of charge it is to reach, such as 80%, where the box tells it
          --capacity E   the capacity of its battery; goes with --soc
          --by TIME      07:30 (the next one), or 2026-11-22T07:30:00Z
          --data DIR     the data folder of the host; default as for run
          --json         what holds now
        Ends with status 3 if no host runs, 4 if it refuses.

        example: chargehost mode garage target --energy 20kWh --by 07:30
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let box = arguments.positionals[0]
        let body = try request(arguments)
        do throws(HostQuestion.Failure) {
            let host = try HostQuestion(data: arguments.value("data"))
            let answer = try await host.ask("POST", "/api/v1/devices/\(box)/mode", body)
            if arguments.flags.contains("json") {
                Console.out(String(decoding: answer, as: UTF8.self))
            } else {
                let isSite = arguments.positionals[1] == "site"
                Console.out(
                    isSite
                        ? "\(box) charges as the site file says"
                        : "\(box) charges in mode \(arguments.positionals[1]) until its car is unplugged")
            }
            return .fine
        } catch {
            throw CommandFailure(error)
        }
    }

    private static func request(_ arguments: Arguments) throws -> [UInt8] {
        let word = arguments.positionals[1]
        if word == "site" { return Array(#"{"mode": null}"#.utf8) }
        guard let mode = BoxMode(rawValue: word) else {
            throw UsageError("\"\(word)\" is no mode; one of fast, surplus, min+surplus, target, off, site")
        }
        var goal: ChargingChoice.Goal?
        if mode == .target {
            guard let by = arguments.value("by"), let time = time(by) else {
                throw UsageError("the mode target needs --by, such as 07:30")
            }
            goal = ChargingChoice.Goal(
                energy_wh: try amount("energy", .energy, arguments), soc: try amount("soc", .ratio, arguments),
                capacity_wh: try amount("capacity", .energy, arguments), by: time)
        } else if !Set(arguments.values.keys).subtracting(["data"]).isEmpty {
            throw UsageError("--energy, --soc, --capacity and --by go with the mode target only")
        }
        return Array(try JSONEncoder().encode(ChargingChoice(mode: mode, goal: goal)))
    }

    private static func amount(_ name: String, _ dimension: DriverAPI.Dimension, _ arguments: Arguments) throws
        -> Double?
    {
        guard let text = arguments.value(name) else { return nil }
        guard let amount = QuantityText.amount(text, dimension) else {
            throw UsageError("--\(name) \"\(text)\" is none; write \(dimension == .ratio ? "80%" : "20kWh")")
        }
        return amount.double
    }

    /// Seconds since 1970 of the next `07:30`, or of a time in UTC.
    private static func time(_ text: String) -> Double? {
        if let date = ISO8601DateFormatter().date(from: text) { return date.timeIntervalSince1970 }
        let parts = text.split(separator: ":").map(String.init)
        guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]), (0...23).contains(hour),
            (0...59).contains(minute)
        else { return nil }
        return Calendar.current.nextDate(
            after: Date(), matching: DateComponents(hour: hour, minute: minute), matchingPolicy: .nextTime)?
            .timeIntervalSince1970
    }
}
