import DriverAPI
import Host

/// `read`
enum ReadCommand: Subcommand {
    static let name = "read"
    static let summary = "all points of a device, once"
    static let accepted = Arguments.Accepted(values: DeviceArguments.values, flags: ["json"], positionals: 0...100)
    static let help = """
        usage: chargehost read --profile P --address A [--unit N] [--option K=V]… [POINT]… [--json]

        Reads all points of a device once, or the points named. Where a running host owns the line, it is asked.
        Ends with status 3 if the device does not answer.

        \(DeviceArguments.help)
          --json           {"profile", "identity": {…}, "points": {"power": {"value": 6854, "unit": "W", "quality": "good"}}}

        example: chargehost read --profile eastron.sdm630 --address /dev/ttyUSB0,9600,8,n,1 --unit 20
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let device = try DeviceArguments(arguments).configuration
        let names = arguments.positionals.isEmpty ? nil : arguments.positionals
        Console.progress("reading \(device.address) …")
        defer { Console.progress("") }
        do {
            let report = try await DeviceAccess(data: arguments.value("data")).read(device, points: names)
            Console.progress("")
            if arguments.flags.contains("json") { try Console.json(report) } else { show(report) }
            return .fine
        } catch let error as DriverError {
            throw CommandFailure(error)
        }
    }

    static func show(_ report: DeviceReport) {
        Console.out(
            report.profile + report.identity.sorted { $0.key < $1.key }.map { ", \($0.key) \($0.value)" }.joined())
        let rows = report.points.sorted { $0.key < $1.key }.map { name, point in
            [name, point.text, point.reading.quality == .good ? "" : point.reading.quality.rawValue]
        }
        Console.out(Table(["point", "value", ""], rows).text)
    }
}

extension CommandFailure {
    /// The status that goes with a driver's error.
    init(_ error: DriverError) {
        switch error {
        case .unreachable, .closed: self.init(.noAnswer, error.description)
        case .mismatch, .refused: self.init(.refused, error.description)
        case .configuration: self.init(.usage, error.description)
        default: self.init(.fallsShort, error.description)
        }
    }
}
