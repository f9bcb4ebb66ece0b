import DeviceProfiles
import DriverAPI
import Foundation
import Host
import Modbus
import ReadPlanning

/// `profile plan`
enum ProfilePlanCommand: Subcommand {
    static let name = "profile plan"
    static let summary = "the requests a profile leads to, and what they cost"
    static let accepted = Arguments.Accepted(
        values: ["bus", "latency", "class", "option"], flags: ["json"], positionals: 1...1)
    static let help = """
        usage: chargehost profile plan ID | FILE --bus LINE [--latency TIME] [--class CLASS] [--json]

        Prints the read requests of a poll class, their bytes, their time, and the share of the bus they take.

          --bus LINE       9600,8,n,1 or tcp; default: the profile's own line, else tcp
          --latency TIME   how long the device thinks, such as 30ms; default 30ms, on tcp 5ms
          --class CLASS    fast, normal, slow, static or all; default: each
          --option K=V     an option of the profile
          --json           one JSON document

        example: chargehost profile plan eastron.sdm630 --bus 9600,8,n,1 --latency 30ms --class fast
        """

    static func run(_ arguments: Arguments) throws -> ExitStatus {
        let document = try ProfileFiles.document(arguments.positionals[0], library: ProfileLibrary())
        let line = try line(arguments, document.profile)
        let latency = try latency(arguments, line)
        let classes = try classes(arguments)
        let options = try DeviceArguments.options(arguments)
        let plans: [PlanReport]
        do {
            plans = try PlanReport.make(document, options: options, line: line, latency: latency, classes: classes)
        } catch {
            throw CommandFailure(.fallsShort, "\(error)")
        }
        if arguments.flags.contains("json") {
            try Console.json(plans)
        } else {
            for plan in plans { Console.out(plan.text) }
        }
        return .fine
    }

    private static func line(_ arguments: Arguments, _ profile: DeviceProfile) throws -> LineTiming {
        guard let text = arguments.value("bus") else {
            return profile.link.tcpPort == nil ? profile.link.serial?.timing ?? .tcp : .tcp
        }
        if text == "tcp" { return .tcp }
        do {
            return try Address("/dev/line,\(text)").endpoint?.timing ?? .tcp
        } catch {
            throw UsageError("--bus: \(error)")
        }
    }

    private static func latency(_ arguments: Arguments, _ line: LineTiming) throws -> Duration {
        guard let text = arguments.value("latency") else { return line == .tcp ? .milliseconds(5) : .milliseconds(30) }
        let number = text.hasSuffix("ms") ? text.dropLast(2) : ""
        guard let milliseconds = Double(number.trimmingCharacters(in: .whitespaces)),
            (0...10_000).contains(milliseconds)
        else { throw UsageError("--latency must be a time such as 30ms, not \"\(text)\"") }
        return .microseconds(Int64(milliseconds * 1000))
    }

    private static func classes(_ arguments: Arguments) throws -> [String] {
        let known = ["fast", "normal", "slow", "static", "all"]
        guard let text = arguments.value("class") else { return known }
        guard known.contains(text) else { throw UsageError("--class must be one of \(known.joined(separator: ", "))") }
        return [text]
    }
}
